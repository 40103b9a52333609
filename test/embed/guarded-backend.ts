// A backend with an authorizer, whose answers and their moments a test chooses (L16).
import { Inject, Injectable, Module } from '@nestjs/common';
import { onTestFinished } from 'vitest';
import {
  Authorizer,
  type Grant,
  RelayModule,
  RelayService,
  type HostLogin,
  type PlayerLogin,
} from '../../src/index.js';
import { startBackend, type Backend } from './backend.js';

export type Answer = Grant | Promise<Grant>;

/** What the backend knows of its guests; a test decides what it answers, and when. */
export class Guests {
  readonly asked: (HostLogin | PlayerLogin)[] = [];
  host: () => Answer = () => true;
  player: () => Answer = () => true;
}

@Module({ providers: [{ provide: 'guests', useClass: Guests }], exports: ['guests'] })
class GuestsModule {}

@Injectable()
class Doorman extends Authorizer {
  constructor(@Inject('guests') private readonly guests: Guests) {
    super();
  }

  override authorizeHost(login: HostLogin): Answer {
    this.guests.asked.push(login);
    return this.guests.host();
  }

  override authorizePlayer(login: PlayerLogin): Answer {
    this.guests.asked.push(login);
    return this.guests.player();
  }
}

export type GuardedBackend = Backend & { guests: Guests; rooms: RelayService };

/** Starts a backend that lets everybody in until the test says otherwise. */
export async function startGuarded(): Promise<GuardedBackend> {
  const relay = RelayModule.forRoot({ authorizer: Doorman, imports: [GuestsModule] });
  const backend = await startBackend({ imports: [relay] });
  const guests = backend.app.get<Guests>('guests', { strict: false });
  return { ...backend, guests, rooms: backend.app.get(RelayService, { strict: false }) };
}

/** A question that stays open until the test answers it. */
export class Question {
  answer: (answer: boolean) => void = () => undefined;
  /** Resolves when the relay has asked. */
  readonly asked: Promise<void>;
  private readonly answered = new Promise<boolean>((resolve) => (this.answer = resolve));
  private asks: () => void = () => undefined;

  constructor() {
    this.asked = new Promise((resolve) => (this.asks = resolve));
    onTestFinished(() => this.answer(false));
  }

  readonly ask = (): Promise<boolean> => {
    this.asks();
    return this.answered;
  };
}
