/** How several nodes become one relay. */
import { LimitOptions } from './limit-options.js';
import { integer, listOf, text } from './option-types.js';
import { Option } from './option.decorator.js';

const NATS_URL = /^(nats|tls):\/\/([^\s/?#@]+@)?(\[[\da-f:.]+\]|[^\s/?#@:[\]]+)(:\d{1,5})?\/?$/i;

const path = text('the path of a readable file', /^[^\0]*$/, '<path>');

export class ClusterOptions extends LimitOptions {
  @Option({
    type: listOf('URLs such as nats://10.0.0.5:4222 or tls://name:password@nats.example', NATS_URL),
    help: 'The NATS servers, with JetStream, that join this node with others into one relay; alone if none is listed.',
  })
  readonly nats: readonly string[] = [];

  @Option({
    type: text('a name without spaces', /^\S*$/, '<name>'),
    help: 'The user that logs in at NATS, unless the URL names one.',
  })
  readonly natsUser: string = '';

  @Option({
    type: text('a word without spaces', /^\S*$/, '<word>'),
    help: 'Its password; without a user, a token. Better set as RELAY_NATS_PASSWORD, which no list of processes shows.',
  })
  readonly natsPassword: string = '';

  @Option({ type: path, help: 'A file of credentials (JWT and seed) for NATS, in place of a user.' })
  readonly natsCredentials: string = '';

  @Option({ type: path, help: 'The certificates that a NATS server is checked against; turns TLS on.' })
  readonly natsCa: string = '';

  @Option({ type: path, help: 'The certificate by which this node shows NATS who it is.' })
  readonly natsCert: string = '';

  @Option({ type: path, help: 'The key of that certificate.' })
  readonly natsKey: string = '';

  @Option({
    type: text('1 to 32 letters, digits, - or _', /^[\w-]{1,32}$/, '<word>'),
    help: 'What all subjects and buckets of one relay begin with: relays with other words share a NATS and nothing else.',
  })
  readonly natsPrefix: string = 'carparty';

  @Option({
    type: integer({ min: 1, max: 5 }),
    help: 'On how many servers of a NATS cluster the table of codes is kept, when this node is the first to make it.',
  })
  readonly natsReplicas: number = 1;
}
