/** How several nodes become one relay. */
import { integer, listOf, text } from './option-types.js';
import { Option } from './option.decorator.js';
import { ReturnOptions } from './return-options.js';

const NATS_URL = /^(nats|tls):\/\/([^\s/?#@]+@)?(\[[\da-f:.]+\]|[^\s/?#@:[\]]+)(:\d{1,5})?\/?$/i;

const path = text('the path of a readable file', /^[^\0]*$/, '<path>');

const group = 'Many nodes';

export class ClusterOptions extends ReturnOptions {
  @Option({
    group,
    type: listOf('URLs such as nats://10.0.0.5:4222 or tls://name:password@nats.example', NATS_URL),
    help: 'The NATS servers, with JetStream, that join this node with others into one relay. If a URL holds a password or a token, set it as RELAY_NATS: flags show up in process listings.',
  })
  readonly nats: readonly string[] = [];

  @Option({
    group,
    type: path,
    help: 'A file of NATS credentials (JWT and seed), in place of a user in the URL.',
  })
  readonly natsCredentials: string = '';

  @Option({
    group,
    type: path,
    help: 'The certificate authorities that the NATS servers must have; turns TLS on.',
  })
  readonly natsCa: string = '';

  @Option({ group, type: path, help: 'The certificate that this node shows the NATS servers.' })
  readonly natsCert: string = '';

  @Option({ group, type: path, help: 'The private key of that certificate.' })
  readonly natsKey: string = '';

  @Option({
    group,
    type: text('1 to 32 letters, digits, - or _', /^[\w-]{1,32}$/, '<word>'),
    help: 'The first word of all subjects and buckets of one relay. Relays with other prefixes may share the NATS servers.',
  })
  readonly natsPrefix: string = 'carparty';

  @Option({
    group,
    type: integer({ min: 1, max: 5 }),
    help: 'How many servers of a NATS cluster keep the table of codes, if this node creates it.',
  })
  readonly natsReplicas: number = 1;
}
