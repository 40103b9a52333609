// Both ends of connections within the process, for tests of what a server does with its end.
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, type Server, type Socket, connect, createServer } from 'node:net';
import { connect as connectByTls, createServer as createTlsServer } from 'node:tls';
import { afterAll, beforeAll } from 'vitest';
import { type Certificate, makeCertificate } from './certificate.js';

/** Both ends of a connection that was accepted at the near one. */
export interface SocketPair {
  readonly near: Socket;
  readonly far: Socket;
}

export class SocketPairs {
  private readonly servers: Server[] = [];
  private certificate: Certificate | undefined;

  begin(): void {
    this.certificate = makeCertificate();
  }

  close(): void {
    this.certificate?.remove();
    for (const server of this.servers) server.close();
  }

  readonly tcp = async (): Promise<SocketPair> => {
    const server = createServer({ allowHalfOpen: true });
    const far = connect(await this.listen(server), '127.0.0.1');
    const [near] = (await once(server, 'connection')) as [Socket];
    return { near, far };
  };

  readonly tls = async (): Promise<SocketPair> => {
    const { certFile, keyFile } = this.certificate!;
    const cert = readFileSync(certFile);
    const server = createTlsServer({ cert, key: readFileSync(keyFile), allowHalfOpen: true });
    const far = connectByTls({ port: await this.listen(server), host: '127.0.0.1', ca: cert });
    const [near] = (await once(server, 'secureConnection')) as [Socket];
    return { near, far };
  };

  private async listen(server: Server): Promise<number> {
    this.servers.push(server);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return (server.address() as AddressInfo).port;
  }
}

/** The pairs of a test file. */
export function useSocketPairs(): SocketPairs {
  const pairs = new SocketPairs();
  beforeAll(() => pairs.begin());
  afterAll(() => pairs.close());
  return pairs;
}
