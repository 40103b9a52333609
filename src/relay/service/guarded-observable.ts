/** What a backend learns, as an observable whose subscribers cannot harm the relay (C16). */
import { Logger } from '@nestjs/common';
import { Observable, type Observer, type Operator, Subject, Subscriber, type Subscription } from 'rxjs';
import { guarded } from './observers.js';

const logger = new Logger('Relay');

type Next<T> = (value: T) => void;

/**
 * An error that a subscriber throws would end the process: rxjs throws it once more, out of a timer. Here it is logged, and
 * the subscriber hears the next value. An error in an operator ends that subscription, as always in rxjs, and is logged if
 * the subscriber does not handle it.
 */
class Told<T> extends Observable<T> {
  override lift<R>(operator?: Operator<T, R>): Observable<R> {
    const lifted = new Told<R>();
    lifted.source = this;
    lifted.operator = operator;
    return lifted;
  }

  override subscribe(
    observerOrNext?: Partial<Observer<T>> | Next<T> | null,
    error?: ((error: unknown) => void) | null,
    complete?: (() => void) | null,
  ): Subscription {
    // An operator's own, or one of rxjs that has its own handlers.
    if (observerOrNext instanceof Subscriber) return super.subscribe(observerOrNext);
    const given: Partial<Observer<T>> =
      typeof observerOrNext === 'function' || !observerOrNext
        ? {
            ...(observerOrNext ? { next: observerOrNext } : {}),
            ...(error ? { error } : {}),
            ...(complete ? { complete } : {}),
          }
        : observerOrNext;
    return super.subscribe({
      next: (value) => guarded(() => given.next?.(value), logger),
      error: (reason: unknown) =>
        guarded(() => {
          if (given.error === undefined) throw reason;
          given.error(reason);
        }, logger),
      complete: () => guarded(() => given.complete?.(), logger),
    });
  }
}

/** One event after the other: what a listener does may cause the next, which waits until all have heard the first. */
export class InOrder {
  private readonly waiting: (() => void)[] = [];
  private isTelling = false;

  tell(event: () => void): void {
    this.waiting.push(event);
    if (this.isTelling) return;
    this.isTelling = true;
    try {
      for (let next = this.waiting.shift(); next !== undefined; next = this.waiting.shift()) next();
    } finally {
      this.isTelling = false;
    }
  }
}

/** Values of one kind. Ask {@link isHeard} before one is made. */
export class Channel<T extends object> {
  private readonly subject = new Subject<T>();
  readonly told: Observable<T> = new Told<T>((subscriber) => this.subject.subscribe(subscriber));

  constructor(private readonly order: InOrder) {}

  get isHeard(): boolean {
    return this.subject.observed;
  }

  tell(value: T): void {
    Object.freeze(value);
    this.order.tell(() => this.subject.next(value));
  }

  end(): void {
    this.subject.complete();
  }
}
