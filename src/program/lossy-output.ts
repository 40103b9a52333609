/** A place for log lines that never makes the relay wait. */
import { write } from 'node:fs';
import { Writable } from 'node:stream';

/** Bytes of log lines that wait for a reader; a minute of a busy relay's warnings. */
const MAX_WAITING = 1024 * 1024;

/** Milliseconds until a pipe that was full is tried again. */
const RETRY = 50;

/**
 * Node writes to a pipe synchronously: a log reader that stands still would stop every party, and one that is
 * gone would end the process with EPIPE. Here lines are written in the background, together if several wait. Those
 * that find too much waiting, or no reader, are dropped, and how many were is the first thing said when
 * a line gets through again (A27).
 */
export class LossyOutput extends Writable {
  private dropped = 0;

  /** `noteOf` makes the line, with its end, that tells how many were dropped. */
  constructor(
    private readonly file: number,
    private readonly noteOf: (dropped: number) => string,
  ) {
    super({ decodeStrings: true });
  }

  override write(line: string): boolean {
    if (this.writableLength <= MAX_WAITING) return super.write(line);
    this.dropped++;
    return false;
  }

  override _write(line: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.writeLines([line], done);
  }

  override _writev(lines: { chunk: Buffer }[], done: () => void): void {
    const chunks = lines.map(({ chunk }) => chunk);
    this.writeLines(chunks, done);
  }

  private writeLines(lines: readonly Buffer[], done: () => void): void {
    const told = this.dropped;
    const note = told > 0 ? [Buffer.from(this.noteOf(told))] : [];
    this.writeAll(Buffer.concat([...note, ...lines]), (isWritten) => {
      this.dropped += isWritten ? -told : lines.length;
      done();
    });
  }

  private writeAll(bytes: Buffer, done: (isWritten: boolean) => void): void {
    write(this.file, bytes, (error, length) => {
      if (error?.code === 'EAGAIN') setTimeout(() => this.writeAll(bytes, done), RETRY).unref();
      else if (error) done(false);
      else if (length < bytes.length) this.writeAll(bytes.subarray(length), done);
      else done(true);
    });
  }
}
