/** How to reach the NATS servers, from the options. */
import { readFileSync } from 'node:fs';
import { type ConnectionOptions, type TlsOptions, credsAuthenticator } from '@nats-io/transport-node';
import type { ClusterOptions } from '../../../config/cluster-options.js';
import { OptionError } from '../../../config/option-error.js';

/**
 * A server that does not answer two pings in two seconds is away: by default the client would learn of a cut cable
 * after minutes. It never gives up, since nothing would start it again.
 */
const CLIENT: ConnectionOptions = {
  pingInterval: 1_000,
  maxPingOut: 2,
  maxReconnectAttempts: -1,
  reconnectTimeWait: 200,
  reconnectJitter: 100,
  ignoreAuthErrorAbort: true,
  timeout: 2_000,
  noEcho: true,
};

/** @throws {OptionError} if a file that the options name cannot be read. */
export function connectionOptions(options: ClusterOptions, name: string): ConnectionOptions {
  const urls = options.nats.map((url) => new URL(url));
  const tls = tlsOf(options, urls);
  return {
    ...CLIENT,
    name,
    servers: urls.map(({ host }) => host),
    ...loginOf(options, urls),
    ...(tls === undefined ? {} : { tls }),
  };
}

function loginOf(options: ClusterOptions, urls: readonly URL[]): ConnectionOptions {
  if (options.natsCredentials !== '') {
    return { authenticator: credsAuthenticator(bytesOf('nats-credentials', options.natsCredentials)) };
  }
  const named = urls.find(({ username }) => username !== '');
  if (named === undefined) return {};
  const user = decodeURIComponent(named.username);
  const pass = decodeURIComponent(named.password);
  // A single word is a token.
  if (pass === '') return { token: user };
  return { user, pass };
}

function tlsOf(options: ClusterOptions, urls: readonly URL[]): TlsOptions | undefined {
  const { natsCa, natsCert, natsKey } = options;
  const isWanted = urls.some(({ protocol }) => protocol === 'tls:') || natsCa !== '' || natsCert !== '';
  if (!isWanted) return undefined;
  return {
    ...(natsCa === '' ? {} : { ca: textOf('nats-ca', natsCa) }),
    ...(natsCert === '' ? {} : { cert: textOf('nats-cert', natsCert) }),
    ...(natsKey === '' ? {} : { key: textOf('nats-key', natsKey) }),
  };
}

function textOf(option: string, path: string): string {
  return bytesOf(option, path).toString();
}

function bytesOf(option: string, path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'no reason given';
    throw new OptionError(
      `--${option} ${path} cannot be read (${code}); allowed is the path of a readable file`,
    );
  }
}
