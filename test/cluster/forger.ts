// A process that may publish at the broker and is not a node: garbage, forgeries and replays, by a seed.
import { FRAME_HEADER_LENGTH, FrameKind, VERSION, writeHeader } from '../../src/cluster/link/frame.js';
import { RECORD_HEADER_LENGTH, RecordType } from '../../src/cluster/link/record.js';

/** A message that was never sent by a node, or not now. */
export interface Forgery {
  readonly subject: string;
  readonly data: Buffer;
}

/** Names that no node can have. */
const NO_NAMES = [
  '',
  ' ',
  ' a',
  'a.b',
  '>',
  '*',
  '__proto__',
  'constructor',
  'é'.repeat(12),
  'x'.repeat(255),
];

/** Words that every object has, and such as no ending is called. */
const WORDS = ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'left', 'fenced', 'shutdown', ''];

export class Forger {
  private readonly seen: Forgery[] = [];

  /**
   * @param subjects what is heard, of which a subject may end with a wildcard.
   * @param names nodes that it pretends to be, besides those that never were.
   */
  constructor(
    private readonly roll: () => number,
    private readonly subjects: readonly string[],
    private readonly names: readonly string[],
  ) {}

  /** Remembers what was really sent, to send it again. */
  see(subject: string, data: Buffer): void {
    if (this.seen.length < 1_000) this.seen.push({ subject, data: Buffer.from(data) });
  }

  next(): Forgery {
    const subject = this.pick(this.subjects).replace('*', () => this.name());
    const replay = this.roll() < 0.1 ? this.pick(this.seen) : undefined;
    if (replay !== undefined) {
      const isElsewhere = this.roll() < 0.5;
      return { subject: isElsewhere ? subject : replay.subject, data: this.damaged(replay.data) };
    }
    const kinds = subject.includes('.join.')
      ? [() => this.joinRequest(), () => this.joinRequest(), () => this.noise(60)]
      : [() => this.frame(), () => this.frame(), () => this.frame(), () => this.noise(60)];
    return { subject, data: this.pick(kinds)() };
  }

  private joinRequest(): Buffer {
    const name = this.text(this.roll() < 0.8 ? this.name() : this.pick(NO_NAMES));
    const head = Buffer.from([VERSION, 1 + this.below(5), 0, 0, 0, 0, this.below(3)]);
    head.writeUInt32LE(this.number(), 2);
    const [key, stream] = [this.text(this.pick(WORDS)), this.text(this.pick(WORDS))];
    if (this.roll() < 0.2) return Buffer.concat([head.subarray(0, 2), key, stream]);
    const id = Buffer.alloc(this.roll() < 0.9 ? 2 + 2 * this.below(20) : this.below(5_000), 'x');
    return Buffer.concat([head, name, key, stream, id]).subarray(
      0,
      this.roll() < 0.9 ? undefined : this.below(20),
    );
  }

  /** A text behind its length, which may be wrong. */
  private text(text: string): Buffer {
    const bytes = Buffer.from(text);
    return Buffer.concat([Buffer.from([this.roll() < 0.9 ? bytes.length : this.below(256)]), bytes]);
  }

  private frame(): Buffer {
    const kind = this.pick(Object.values(FrameKind));
    const isFirst = this.roll() < 0.6;
    const sequence = isFirst ? Number(kind === FrameKind.Data) : this.number();
    const ends = { from: this.number(), to: isFirst ? 0 : this.number() };
    const header = writeHeader(Buffer.alloc(FRAME_HEADER_LENGTH), {
      ...{ kind, sequence, taken: this.number() },
      ...ends,
    });
    const records = Array.from({ length: this.below(4) }, () => this.record());
    return Buffer.concat([header, ...records]);
  }

  private record(): Buffer {
    const body = this.pick([
      () => this.noise(40),
      () => this.toSome(),
      () => this.word(),
      () => this.frames(),
    ])();
    const head = Buffer.alloc(RECORD_HEADER_LENGTH);
    head[0] = this.roll() < 0.95 ? this.pick(Object.values(RecordType)) : this.below(256);
    head.writeUInt32LE(this.number(), 1);
    const announced = this.pick([body.length, body.length, body.length, 16 * 2 ** 20, this.number()]);
    head.writeUInt32LE(announced, 5);
    return Buffer.concat([head, body]);
  }

  private toSome(): Buffer {
    const body = Buffer.alloc(4 + 4 * this.below(5));
    body.writeUInt32LE(this.number());
    return Buffer.concat([body, this.frames()]);
  }

  private word(): Buffer {
    return Buffer.from(this.pick(WORDS));
  }

  /** Whole frames, and such as begin and say that they are longer than there are bytes. */
  private frames(): Buffer {
    const all = [
      ...['810161', '8200', '817e0001', '817fffffffffffffffff', '81ff', '88020000', '81', 'ff'],
      ...['817f00000000000000', '0101'],
    ];
    return Buffer.from(Array.from({ length: this.below(4) }, () => this.pick(all)).join(''), 'hex');
  }

  private noise(most: number): Buffer {
    return Buffer.from(Array.from({ length: this.below(most) }, () => this.below(256)));
  }

  private damaged(data: Buffer): Buffer {
    const copy = Buffer.from(data);
    if (copy.length > 0 && this.roll() < 0.5) copy[this.below(copy.length)] = this.below(256);
    return copy;
  }

  private name(): string {
    if (this.names.length > 0 && this.roll() < 0.3) return this.pick(this.names);
    const bytes = Array.from({ length: 9 }, () => this.below(256));
    return Buffer.from(bytes).toString('base64url');
  }

  /** Small, as the numbers of rooms and players are, or anything. */
  private number(): number {
    return this.roll() < 0.7 ? this.below(6) : this.pick([0xffff_ffff, 0x8000_0000, this.below(2 ** 32)]);
  }

  private below(end: number): number {
    return Math.floor(this.roll() * end);
  }

  private pick<T>(all: readonly T[]): T {
    return all[this.below(all.length)]!;
  }
}
