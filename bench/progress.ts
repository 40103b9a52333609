/** A line on stderr that tells how far the benchmark is. */

/** Rewrites its line on a terminal, and prints a new one elsewhere. */
export class Progress {
  private readonly begin = performance.now();

  show(text: string, done: number, of: number): void {
    const seconds = (performance.now() - this.begin) / 1000;
    const left = done === 0 ? '' : `  about ${Math.ceil((seconds / done) * (of - done))} s left`;
    this.write(`[${done + 1}/${of}] ${text}${left}`);
  }

  clear(): void {
    if (process.stderr.isTTY) this.write('');
  }

  private write(line: string): void {
    process.stderr.write(process.stderr.isTTY ? `\r\x1b[K${line}` : `${line}\n`);
  }
}
