/** What a login threw, as the message of the handler for what is not a login. */
export class FailedLogin {
  constructor(readonly error: unknown) {}
}
