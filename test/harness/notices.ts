// What a host learns of its players, as SPEC.md writes it (N1, N2), byte for byte.

export function connectNotice(id: string): string {
  return `{"action":"connect","client_id":${JSON.stringify(id)}}`;
}

export function disconnectNotice(id: string): string {
  return `{"action":"disconnect","client_id":${JSON.stringify(id)}}`;
}
