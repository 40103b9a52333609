/** The event interface of both classes: `const off = player.on('message', ...)`, and `off()` when it is enough. */

/** `Events` maps the name of an event to what its listeners are called with. */
export class Emitter<Events extends Record<keyof Events, unknown[]>> {
  readonly #listeners: { [Name in keyof Events]?: Set<(...values: Events[Name]) => void> } = {};

  /** Calls `listener` at each event of that name, until the function that is returned is called. */
  on<Name extends keyof Events>(name: Name, listener: (...values: Events[Name]) => void): () => void {
    const listeners = (this.#listeners[name] ??= new Set());
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  /**
   * Each listener is called even if the one before it threw; what it threw becomes an uncaught error of the page.
   * False if there is none.
   */
  protected emit<Name extends keyof Events>(name: Name, ...values: Events[Name]): boolean {
    const listeners = this.#listeners[name];
    listeners?.forEach((listener) => {
      try {
        listener(...values);
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
    });
    return !!listeners?.size;
  }
}
