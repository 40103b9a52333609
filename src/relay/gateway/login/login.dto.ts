/** The two logins as they stand on the wire (L2, L4), and what is allowed in them (L7). */
import type { PipeTransform } from '@nestjs/common';
import { Expose, plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { LONGEST_CODE, LONGEST_ID } from '../../protocol/login.js';
import { RELAY } from '../../protocol/relay-words.js';
import { LoginRefused } from '../../session/login-refused.js';
import { IsTextOfBytes } from './text-of-bytes.js';
import { HostWishes, PlayerWishes } from './wishes.dto.js';

export class LoginServerDto {
  @Expose()
  @IsTextOfBytes(1, LONGEST_CODE)
  server_code!: string;

  /** Undefined if the host has not asked. */
  [RELAY]?: HostWishes;
}

/** Inherits nothing: class-validator and class-transformer would look through both classes at each login. */
export class LoginClientDto {
  @Expose()
  @IsTextOfBytes(1, LONGEST_CODE)
  server_code!: string;

  @Expose()
  @IsTextOfBytes(1, LONGEST_ID)
  client_id!: string;

  [RELAY]?: PlayerWishes;
}

/**
 * The relay's own validation. Members that the protocol does not know are not even looked at (L9), whatever a
 * global pipe of the embedding backend thinks of them. Nest's ValidationPipe answers in promises and costs half as
 * much again, which a thousand phones that come back at once would wait for.
 */
export class LoginPipe<Login extends LoginServerDto | LoginClientDto> implements PipeTransform<
  object,
  Login
> {
  constructor(
    private readonly kind: new () => Login,
    private readonly wishes: new () => HostWishes | PlayerWishes,
  ) {}

  /** @throws {LoginRefused} */
  transform(message: object): Login {
    const login = validated(this.kind, message);
    const wishes: unknown = Reflect.get(message, RELAY);
    // Looked at only if it is there: most logins ask for nothing.
    if (isAsking(wishes)) login[RELAY] = validated(this.wishes, wishes);
    return login;
  }
}

/** Whether the member of a login asks: anything but an object is a member that the protocol does not know (R1). */
export function isAsking(wishes: unknown): wishes is object {
  return typeof wishes === 'object' && wishes !== null && !Array.isArray(wishes);
}

/** @throws {LoginRefused} */
function validated<Kind extends object>(kind: new () => Kind, message: object): Kind {
  const instance = plainToInstance(kind, message, { excludeExtraneousValues: true });
  if (validateSync(instance).length > 0) throw new LoginRefused('bad-login');
  return instance;
}
