/** Who is welcome: a part of the backend that knows nothing of the relay. */
import { setImmediate } from 'node:timers/promises';
import { Body, Controller, Injectable, Module, Post } from '@nestjs/common';
import { IsString } from 'class-validator';

@Injectable()
export class GuestList {
  private readonly banned = new Set<string>();

  ban(name: string): void {
    this.banned.add(name);
  }

  /** Answers later, as a database would. */
  async isBanned(name: string): Promise<boolean> {
    await setImmediate();
    return this.banned.has(name);
  }
}

class BanDto {
  @IsString()
  name!: string;
}

@Controller('bans')
class BansController {
  constructor(private readonly guests: GuestList) {}

  @Post()
  ban(@Body() { name }: BanDto): { banned: string } {
    this.guests.ban(name);
    return { banned: name };
  }
}

@Module({ controllers: [BansController], providers: [GuestList], exports: [GuestList] })
export class GuestsModule {}
