/** An error of the backend that embeds the relay, met on the way of a login: in one of its guards, pipes or interceptors. */
export class BackendError extends Error {
  constructor(override readonly cause: unknown) {
    super(String(cause));
    if (cause instanceof Error && cause.stack !== undefined) this.stack = cause.stack;
  }
}
