/** The host's own gateway, by socket.io. */
import { MessageBody, SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { SkipThrottle } from '@nestjs/throttler';
import { Public } from './global-parts.js';

@Public()
@SkipThrottle()
@WebSocketGateway()
export class ChatGateway {
  @SubscribeMessage('shout')
  shout(@MessageBody() text: string): string {
    return text.toUpperCase();
  }
}
