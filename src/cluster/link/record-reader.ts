/** Finds the records in what comes over a link. */
import { GarbledError, isRecordType, RECORD_HEADER_LENGTH, type RecordHandler } from './record.js';

/** Bytes that a record which is not whole yet gets room for at first. */
const FIRST_ROOM = 64 * 1024;

/**
 * Takes the stream in any pieces. A record within one piece is handed on where it lies. Of one that is not, what has come
 * is kept, and never more than that is asked of the memory: its announced length was written by another process.
 */
export class RecordReader {
  /** What has come of a record that is not whole yet, with room behind it. */
  private begun: Buffer | undefined;
  private gathered = 0;

  /** @param most bytes of one record. */
  constructor(
    private readonly handle: RecordHandler,
    private readonly most: number,
  ) {}

  /** @throws {GarbledError} after which nothing more can be read. */
  read(piece: Buffer): void {
    let at = 0;
    while (at < piece.length) {
      const end = this.begun === undefined ? at + this.wholeLength(piece, at) : Infinity;
      if (end <= piece.length) {
        this.hand(piece.subarray(at, end));
        at = end;
      } else {
        at += this.gather(piece, at);
      }
    }
  }

  private gather(piece: Buffer, at: number): number {
    const begun = (this.begun ??= Buffer.allocUnsafe(RECORD_HEADER_LENGTH));
    const copied = piece.copy(begun, this.gathered, at);
    this.gathered += copied;
    if (this.gathered < begun.length) return copied;
    const length = this.wholeLength(begun, 0);
    if (length > begun.length) {
      this.begun = Buffer.allocUnsafe(Math.min(length, Math.max(FIRST_ROOM, 2 * begun.length)));
      begun.copy(this.begun);
    } else {
      this.begun = undefined;
      this.gathered = 0;
      this.hand(begun);
    }
    return copied;
  }

  private hand(record: Buffer): void {
    const type = record[0];
    if (!isRecordType(type)) throw new GarbledError(`a record of the unknown type ${type}`);
    this.handle(type, record.readUInt32LE(1), record.subarray(RECORD_HEADER_LENGTH));
  }

  /** Bytes of the record that begins at `at`; if its head is not all there, more than are there. */
  private wholeLength(bytes: Buffer, at: number): number {
    if (bytes.length - at < RECORD_HEADER_LENGTH) return Infinity;
    const length = RECORD_HEADER_LENGTH + bytes.readUInt32LE(at + 5);
    if (length > this.most) throw new GarbledError(`a record of ${length} bytes`);
    return length;
  }
}
