// The port through which the tests of this folder drive a browser: what all browsers can do, and nothing else.

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Place {
  readonly x: number;
  readonly y: number;
}

/** A browser that was started. */
export interface Driver {
  /** A page of a new device, which knows nothing of the others: storage of its own, a viewport of that size. */
  device(size: Size): Promise<Tab>;
  close(): Promise<void>;
}

/** The only page of a device. */
export interface Tab {
  /** Resolves when the page is on its way; see `Device.open`. */
  goto(url: string): Promise<void>;
  /** The JSON text of what the expression in the page is, or resolves to. */
  evaluate(expression: string): Promise<string | undefined>;
  resize(size: Size): Promise<void>;
  /** Presses at one place, moves to the other, and holds. */
  pull(from: Place, to: Place): Promise<void>;
  release(): Promise<void>;
  /** Throws the device away, with all that it remembers. */
  close(): Promise<void>;
}

/** An expression whose value is the JSON text of what `expression` is or resolves to. */
export function asJson(expression: string): string {
  return `Promise.resolve(${expression}).then((value) => JSON.stringify(value))`;
}
