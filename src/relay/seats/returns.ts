/** How many came back since the start: plain numbers that only grow. */

export class Returns {
  /** Those whose stream went on, and those that began from nothing. */
  resumed = 0;
  fresh = 0;
  /** Messages that were sent once more, since they had not arrived. */
  replayed = 0;

  /** @param missed what is sent once more; undefined if the stream does not go on. */
  count(missed: readonly Buffer[] | undefined): void {
    if (missed === undefined) this.fresh++;
    else this.resumed++;
    this.replayed += missed?.length ?? 0;
  }
}
