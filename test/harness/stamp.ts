// What a host gets of its players' messages, as SPEC.md says it (P1 to P6), computed the plain way.

/** `payload`, an object without a `client_id` of its own, as it reaches the host of the player `id`. */
export function stamped(payload: string, id: string): string {
  const end = payload.lastIndexOf('}');
  const before = payload.slice(0, end);
  const comma = before.trimEnd().endsWith('{') ? '' : ',';
  return `${before}${comma}"client_id":${JSON.stringify(id)}${payload.slice(end)}`;
}
