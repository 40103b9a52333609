/** Who may look: what operator modules share that show more than a peer may know. */
import { Module } from '@nestjs/common';
import { OperatorAccess } from './operator-access.js';
import { OperatorGuard } from './operator.guard.js';

/** Import it, and put `@UseGuards(OperatorGuard)` on the controller. There is one token, however many modules do. */
@Module({ providers: [OperatorAccess, OperatorGuard], exports: [OperatorAccess, OperatorGuard] })
export class AccessModule {}
