/** A gateway that the backend had before the relay came: who says something on `/chat` is heard by all. */
import { MessageBody, SubscribeMessage, WebSocketGateway, WebSocketServer } from '@nestjs/websockets';
import { IsString } from 'class-validator';
import type { WebSocketServer as Server } from 'ws';

class SayDto {
  @IsString()
  text!: string;
}

@WebSocketGateway({ path: '/chat' })
export class ChatGateway {
  @WebSocketServer()
  private readonly server!: Server;

  @SubscribeMessage('say')
  say(@MessageBody() { text }: SayDto): void {
    for (const client of this.server.clients) client.send(JSON.stringify({ event: 'said', data: text }));
  }
}
