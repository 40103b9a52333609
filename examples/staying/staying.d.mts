/** What the relay itself says, read. */
export type Words = Readonly<Record<string, unknown>>;

export interface StayingListener {
  began(): void;
  heard(message: string | ArrayBuffer | Words): void;
  ended(reason: string): void;
}

export declare class Staying {
  constructor(url: string, login: object, on: StayingListener);
  again(): void;
  send(message: string): void;
  leave(): void;
}
