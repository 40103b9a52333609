/** A GraphQL subscription: a WebSocket of another plugin, on the same server. */
import { Int, Query, Resolver, Subscription } from '@nestjs/graphql';
import { SkipThrottle } from '@nestjs/throttler';
import { Public } from './global-parts.js';

@Public()
@SkipThrottle()
@Resolver()
export class TicksResolver {
  @Query(() => Int)
  now(): number {
    return 0;
  }

  @Subscription(() => Int)
  async *ticks(): AsyncGenerator<{ ticks: number }> {
    for (let ticks = 0; ticks < 3; ticks++) yield await Promise.resolve({ ticks });
  }
}
