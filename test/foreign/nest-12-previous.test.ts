// A backend that was installed before the Nest that the relay is built with came out.
import { beforeAll } from 'vitest';
import { ForeignHost } from './foreign-host.js';
import { itIsAHome } from './home.js';

let host: ForeignHost;
beforeAll(async () => void (host = await ForeignHost.make('nest-12-previous')));

itIsAHome(() => host);
