/** The streams of a hall: who sends what to whom, and who checks it. */
import type { MessageHandler } from './connection.js';
import type { Hall } from './hall.js';
import type { Faults, Flow } from './job.js';
import type { MessageShape } from './message-shape.js';
import type { Meter } from './meter.js';
import { broadcastShape, forwardShapes, unicastShape } from './shapes.js';
import { Stream, type Receipt } from './stream.js';

/** Told of every delivery, in order or not. */
export type OnDelivery = (stream: Stream) => void;

/** Where deliveries are counted and who is told of them. */
export interface Ledger {
  meter: Meter;
  onDelivery: OnDelivery;
}

/** Player to host. */
export function forwardStreams(hall: Hall, flow: Flow, ledger: Ledger): Stream[] {
  const { sent, stamped } = forwardShapes(flow.bytes, hall.dialect);
  const stencil = sent.stencil();
  const receipts: Receipt[] = [];
  const streams = hall.players.map(({ id, connection }) => {
    const stream = new Stream(id, connection, stencil, 0, memoryFor(flow));
    receipts[id] = stream.addReceipt();
    return stream;
  });
  hall.rooms.forEach((room, index) => {
    const isOfRoom = (id: number): boolean => id % hall.rooms.length === index;
    for (const shape of stamped) {
      const receiptOf = (id: number): Receipt | undefined => (isOfRoom(id) ? receipts[id] : undefined);
      room.host.handlers.push(checker(shape, hall, ledger, receiptOf));
    }
  });
  return streams;
}

/** Host to all its players. */
export function broadcastStreams(hall: Hall, flow: Flow, ledger: Ledger): Stream[] {
  const shape = broadcastShape(flow.bytes, hall.dialect);
  const stencil = shape.stencil();
  return hall.rooms.map((room, index) => {
    const stream = new Stream(index, room.host, stencil, 0, memoryFor(flow));
    for (const { connection } of room.players) {
      const receipt = stream.addReceipt();
      connection.handlers.push(checker(shape, hall, ledger, () => receipt));
    }
    return stream;
  });
}

/** Host to one player. */
export function unicastStreams(hall: Hall, flow: Flow, ledger: Ledger): Stream[] {
  const shape = unicastShape(flow.bytes, hall.dialect);
  const stencil = shape.stencil();
  return hall.rooms.flatMap((room) =>
    room.players.map(({ id, connection }) => {
      const stream = new Stream(id, room.host, stencil, id, memoryFor(flow));
      const receipt = stream.addReceipt();
      connection.handlers.push(checker(shape, hall, ledger, (to) => (to === id ? receipt : undefined)));
      return stream;
    }),
  );
}

/** Knows messages of the shape, finds whose receipt they belong to by the id in them, and judges them. */
export function checker(
  shape: MessageShape,
  { faults }: { faults: Faults },
  { meter, onDelivery }: Ledger,
  receiptOf: (id: number) => Receipt | undefined,
): MessageHandler {
  return (bytes, start, end) => {
    if (!shape.matches(bytes, start, end)) return false;
    const receipt = receiptOf(shape.idIn(bytes, start));
    if (receipt === undefined) {
      faults.address++;
      return true;
    }
    const ms = receipt.accept(shape.numberIn(bytes, start));
    if (ms === undefined) faults.order++;
    else meter.count(ms);
    onDelivery(receipt.stream);
    return true;
  };
}

// At a rate, messages may be many seconds late before a latency would be told wrong.
function memoryFor(flow: Flow): number {
  return 'perSecond' in flow ? 1024 : 16;
}
