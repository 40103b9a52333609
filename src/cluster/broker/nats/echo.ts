/** Whether a connection to NATS hears what its own user says. */
import { type ConnectionOptions, type NatsConnection, connect } from '@nats-io/transport-node';

/**
 * A missing permission is an error that NATS tells beside everything else, and that a proxy of NATS may not tell at all.
 * What was heard is certain.
 *
 * @param options those of the connection: NATS gives nothing back to the connection that said it, so another one speaks.
 * @param timeout milliseconds.
 * @returns the subjects that were not heard.
 */
export async function unheard(
  connection: NatsConnection,
  options: ConnectionOptions,
  subjects: readonly string[],
  timeout: number,
): Promise<string[]> {
  const silent = new Set(subjects);
  let answered = 0;
  let allAnswered = (): void => undefined;
  const done = new Promise<void>((resolve) => (allAnswered = resolve));
  const subscriptions = subjects.map((subject) =>
    connection.subscribe(subject, {
      max: 1,
      callback: (error) => {
        if (error === null) silent.delete(subject);
        if (++answered === subjects.length) allAnswered();
      },
    }),
  );
  // Another server of a cluster would hear of the subscriptions later.
  const speaker = await connect({ ...options, servers: connection.getServer(), reconnect: false, timeout });
  const timer = setTimeout(allAnswered, timeout);
  try {
    await connection.flush();
    for (const subject of subjects) speaker.publish(subject);
    await done;
    return [...silent];
  } finally {
    clearTimeout(timer);
    for (const subscription of subscriptions) subscription.unsubscribe();
    await speaker.close();
  }
}
