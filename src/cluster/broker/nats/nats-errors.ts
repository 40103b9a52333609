/** What NATS says when it does not do what it is asked for, in the words of the backbone. */
import { errors } from '@nats-io/transport-node';
import { BrokerError, BrokerFullError } from '../broker.js';

/** JetStream's words for a limit of the account, of the server's memory or disk, and of the stream, that is reached. */
const NO_SPACE: readonly number[] = [10002, 10023, 10028, 10047, 10077];

/** The same error as the backbone knows it; one that it knows already stays as it is. */
export function brokerError(error: unknown): BrokerError {
  if (error instanceof BrokerError) return error;
  if (NO_SPACE.includes(codeOf(error))) return new BrokerFullError('no space is left', { cause: error });
  return new BrokerError(reasonOf(error), { cause: error });
}

/** JetStream's number for what went wrong; 0 if it has none. */
export function codeOf(error: unknown): number {
  const { code } = error as { code?: unknown };
  return typeof code === 'number' ? code : 0;
}

/** Why there is no connection. */
export function connectionError(error: unknown): BrokerError {
  const isRefused =
    error instanceof errors.AuthorizationError || error instanceof errors.UserAuthenticationExpiredError;
  const reason = isRefused ? 'NATS does not let this node in' : 'NATS cannot be reached';
  return new BrokerError(reason, { cause: error });
}

/** What an error, or what it was caused by, says to an operator. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'NATS did not do what it was asked for';
  if (error instanceof errors.PermissionViolationError) return 'NATS does not permit this node what it needs';
  if (error instanceof errors.TimeoutError) return 'NATS did not answer in time';
  // The client has a class for it, which it keeps to itself.
  if (/jetstream (is )?not enabled/i.test(error.message)) return 'NATS has no JetStream for this node';
  return reasonOf(error.cause);
}
