/** The host's own routes. */
import { Body, Controller, Get, Post } from '@nestjs/common';
import { IsString } from 'class-validator';
import { Public } from './global-parts.js';

export class Cat {
  @IsString()
  readonly name!: string;
}

@Controller('cats')
export class CatsController {
  @Get()
  all(): string[] {
    return ['Tom'];
  }

  @Public()
  @Get('public')
  open(): string[] {
    return ['Tom'];
  }

  @Public()
  @Post()
  add(@Body() cat: Cat): Cat {
    return cat;
  }
}
