/** A request for what only operators may see came without the token. */
import { UnauthorizedException } from '@nestjs/common';

/** A program gets this as JSON. A page that people open may ask for the token instead: see {@link TokenForm}. */
export class TokenWanted extends UnauthorizedException {
  constructor() {
    super(
      'Operators only: add ?token= with the token of --operator-token (operatorToken of RelayModule), or the one that the relay has logged at its start.',
    );
  }
}
