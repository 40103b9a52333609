/** Who may look: what operator modules share that show more than a peer may know. */
import { Module } from '@nestjs/common';
import { OwnAddress } from '../../http/own-address.js';
import { OperatorAccess } from './operator-access.js';
import { OperatorGuard } from './operator.guard.js';
import { TokenForm } from './token-form.js';

/** Import it, and put `@UseGuards(OperatorGuard)` on the controller. There is one token, however many modules do. */
@Module({
  providers: [OperatorAccess, OwnAddress, OperatorGuard, TokenForm],
  exports: [OperatorAccess, OperatorGuard, TokenForm],
})
export class AccessModule {}
