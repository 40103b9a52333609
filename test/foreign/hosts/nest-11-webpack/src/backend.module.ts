import { Controller, Get, Module } from '@nestjs/common';
import {
  ConsoleModule,
  HealthModule,
  MetricsModule,
  PartyPageModule,
  RelayModule,
  RelayService,
  WhyModule,
} from 'carparty-relay';

@Controller('cats')
export class CatsController {
  constructor(private readonly relay: RelayService) {}

  @Get()
  all(): { cats: string[]; rooms: number } {
    return { cats: ['Tom'], rooms: this.relay.rooms().length };
  }
}

@Module({
  imports: [
    RelayModule.forRoot({ path: '/relay', operatorToken: 'a-secret-of-this-host' }),
    PartyPageModule.forRoot(),
    ConsoleModule,
    HealthModule,
    MetricsModule,
    WhyModule,
  ],
  controllers: [CatsController],
})
export class BackendModule {}
