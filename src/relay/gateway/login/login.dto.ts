/** The two logins as they stand on the wire (L2, L4), and what is allowed in them (L7). */
import type { PipeTransform } from '@nestjs/common';
import { Expose, plainToInstance } from 'class-transformer';
import { ValidateBy, buildMessage, validateSync } from 'class-validator';
import { LONGEST_CODE, LONGEST_ID } from '../../protocol/login.js';
import { LoginRefused } from '../../session/login-refused.js';

/** class-validator's own IsByteLength throws on a lone surrogate, which JSON may contain. */
function IsTextOfBytes(min: number, max: number): PropertyDecorator {
  return ValidateBy({
    name: 'isTextOfBytes',
    validator: {
      validate: (value) => {
        const length = typeof value === 'string' ? Buffer.byteLength(value) : -1;
        return length >= min && length <= max;
      },
      defaultMessage: buildMessage((each) => `${each}$property must be a string of ${min} to ${max} bytes`),
    },
  });
}

export class LoginServerDto {
  @Expose()
  @IsTextOfBytes(1, LONGEST_CODE)
  server_code!: string;
}

/** Inherits nothing: class-validator and class-transformer would look through both classes at each login. */
export class LoginClientDto {
  @Expose()
  @IsTextOfBytes(1, LONGEST_CODE)
  server_code!: string;

  @Expose()
  @IsTextOfBytes(1, LONGEST_ID)
  client_id!: string;
}

/**
 * The relay's own validation. Members that the protocol does not know are not even looked at (L9), whatever a
 * global pipe of the embedding backend thinks of them. Nest's ValidationPipe answers in promises and costs half as
 * much again, which a thousand phones that come back at once would wait for.
 */
export class LoginPipe<Login extends object> implements PipeTransform<object, Login> {
  constructor(private readonly kind: new () => Login) {}

  /** @throws {LoginRefused} */
  transform(message: object): Login {
    const login = plainToInstance(this.kind, message, { excludeExtraneousValues: true });
    if (validateSync(login).length > 0) throw new LoginRefused('bad-login');
    return login;
  }
}
