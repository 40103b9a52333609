/** The member `$relay` of a login: what a peer asks of the relay itself (R1, R2). */
import { Expose } from 'class-transformer';
import { IsBoolean, IsIn, IsInt, IsNumber, IsString, Min, ValidateIf } from 'class-validator';
import { IsTextOfBytes } from './text-of-bytes.js';

/** Bytes of a key: as many random ones as no peer can guess, as text. */
const SHORTEST_KEY = 16;
const LONGEST_KEY = 128;

/** class-validator's own IsOptional lets null pass, which is another type (R2). */
function IsGiven(): PropertyDecorator {
  return ValidateIf((_wishes, value) => value !== undefined);
}

export class PlayerWishes {
  @Expose()
  @IsGiven()
  @IsTextOfBytes(SHORTEST_KEY, LONGEST_KEY)
  key?: string;

  @Expose()
  @IsGiven()
  @IsString()
  stream?: string;

  @Expose()
  @IsGiven()
  @IsInt()
  @Min(0)
  got?: number;
}

export class HostWishes extends PlayerWishes {
  @Expose()
  @IsGiven()
  @IsNumber()
  @Min(0)
  grace?: number;

  @Expose()
  @IsGiven()
  @IsNumber()
  @Min(0)
  hold?: number;

  @Expose()
  @IsGiven()
  @IsBoolean()
  unique?: boolean;

  @Expose()
  @IsGiven()
  @IsIn(['keep'])
  players?: 'keep';
}
