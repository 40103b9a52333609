/** Puts the door in front of the program's HTTP server. */
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { INestApplication } from '@nestjs/common';
import type { ProgramOptions } from '../config/relay-options.js';
import { FrontDoor } from '../relay/gateway/upgrade/front-door.js';
import { ClientAddresses } from '../relay/limits/client-addresses.js';
import { SessionEvents } from '../relay/session/session-events.js';
import { HttpDoor, type Surroundings } from './http-door.js';

/** Milliseconds. */
const BEAT = 1_000;

/** Seconds that one beat may count, however late it comes: a relay that was frozen does not hold that time against its peers. */
const MOST = 2;

/** Called before the server listens. */
export function openDoor(app: INestApplication, options: ProgramOptions, connections: number): void {
  const server = app.getHttpServer() as Server;
  const door = new HttpDoor({
    ...{ options, connections },
    addresses: app.get(ClientAddresses, { strict: false }),
    events: app.get(SessionEvents, { strict: false }),
    answer: app.getHttpAdapter().getInstance() as Surroundings['answer'],
  });
  server.on('connection', (socket: Socket) => door.connected(socket));
  server.on('request', (request, response) => door.take(request, response));
  server.on('checkContinue', (request, response) => door.expected(request, response));
  // Whatever else is expected is ignored, and counts as any request.
  server.on('checkExpectation', (request, response) => door.take(request, response));
  server.on('clientError', (error, socket) => door.broken(socket as Socket, error));
  app.get(FrontDoor, { strict: false }).keeper = door;
  beat((seconds) => door.beat(seconds));
}

function beat(work: (seconds: number) => void): void {
  let last = performance.now();
  const tick = (): void => {
    const now = performance.now();
    work(Math.min((now - last) / 1_000, MOST));
    last = now;
  };
  setInterval(tick, BEAT).unref();
}
