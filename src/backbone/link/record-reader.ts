/** Finds the records in what comes over a link. */
import { isRecordType, RECORD_HEADER_LENGTH, RECORD_MAX, type RecordHandler } from './record.js';

/** What came is no stream of records. */
export class GarbledError extends Error {}

/** Takes the stream in any pieces. A record within one piece is handed on where it lies. */
export class RecordReader {
  /** A record that is not whole yet, or its head. */
  private begun: Buffer | undefined;
  private gathered = 0;

  constructor(private readonly handle: RecordHandler) {}

  /** @throws {GarbledError} after which nothing more can be read. */
  read(piece: Buffer): void {
    let at = 0;
    while (at < piece.length) {
      const end = this.begun === undefined ? at + wholeLength(piece, at) : Infinity;
      if (end <= piece.length) {
        this.hand(piece.subarray(at, end));
        at = end;
      } else {
        at += this.gather(piece, at);
      }
    }
  }

  private gather(piece: Buffer, at: number): number {
    this.begun ??= Buffer.allocUnsafe(RECORD_HEADER_LENGTH);
    const copied = piece.copy(this.begun, this.gathered, at);
    this.gathered += copied;
    if (this.gathered < this.begun.length) return copied;
    const length = wholeLength(this.begun, 0);
    if (length > this.begun.length) {
      const head = this.begun;
      this.begun = Buffer.allocUnsafe(length);
      head.copy(this.begun);
    } else {
      const whole = this.begun;
      this.begun = undefined;
      this.gathered = 0;
      this.hand(whole);
    }
    return copied;
  }

  private hand(record: Buffer): void {
    const type = record[0];
    if (!isRecordType(type)) throw new GarbledError(`a record of the unknown type ${type}`);
    this.handle(type, record.readUInt32LE(1), record.subarray(RECORD_HEADER_LENGTH));
  }
}

/** Bytes of the record that begins at `at`; if its head is not all there, more than are there. */
function wholeLength(bytes: Buffer, at: number): number {
  if (bytes.length - at < RECORD_HEADER_LENGTH) return Infinity;
  const length = bytes.readUInt32LE(at + 5);
  if (length > RECORD_MAX) throw new GarbledError(`a record of ${length} bytes`);
  return RECORD_HEADER_LENGTH + length;
}
