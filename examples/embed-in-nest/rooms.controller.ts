/** `GET /api/rooms`: the parties that are on. */
import { Controller, Get } from '@nestjs/common';
import { RelayService, type RoomSummary } from 'carparty-relay';

@Controller('rooms')
export class RoomsController {
  constructor(private readonly relay: RelayService) {}

  @Get()
  rooms(): RoomSummary[] {
    return this.relay.rooms();
  }
}
