// Rule C12: the relay's routes stand behind a backend's guards until the backend itself marks them.
import {
  Injectable,
  SetMetadata,
  UnauthorizedException,
  UseGuards,
  VERSION_NEUTRAL,
  VersioningType,
  type CanActivate,
  type DynamicModule,
  type ExecutionContext,
  type INestApplication,
  type Type,
} from '@nestjs/common';
import { APP_GUARD, DiscoveryModule, DiscoveryService, Reflector } from '@nestjs/core';
import supertest from 'supertest';
import { expect, test } from 'vitest';
import {
  ConsoleModule,
  HealthModule,
  MetricsModule,
  PartyPageModule,
  RelayModule,
  WhyModule,
  type ModuleMarks,
  type LoginSocket,
} from '../../src/index.js';
import { loginHost } from '../harness/relay.js';
import { startBackend, type Backend } from './backend.js';

const Public = (): ClassDecorator => SetMetadata('isPublic', true);

/** As Nest's own documentation writes it. */
@Injectable()
class TokenGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const places = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean>('isPublic', places)) return true;
    const { headers } = context.switchToHttp().getRequest<{ headers: Record<string, string> }>();
    if (headers['authorization'] === 'Bearer good') return true;
    throw new UnauthorizedException();
  }
}

const OPERATOR = 'a-token-of-the-operator';

function modules(marks?: ModuleMarks): (DynamicModule | Type)[] {
  return marks === undefined
    ? [HealthModule, WhyModule, MetricsModule, ConsoleModule, PartyPageModule]
    : [HealthModule, WhyModule, MetricsModule, ConsoleModule, PartyPageModule].map((each) =>
        each.forRoot(marks),
      );
}

function startGuarded(marks?: ModuleMarks): Promise<Backend> {
  return startBackend({
    imports: [RelayModule.forRoot({ operatorToken: OPERATOR }), DiscoveryModule, ...modules(marks)],
    providers: [{ provide: APP_GUARD, useClass: TokenGuard }],
  });
}

async function statuses(app: INestApplication, headers: Record<string, string> = {}): Promise<number[]> {
  const client = supertest(app.getHttpServer() as Parameters<typeof supertest>[0]);
  const paths = [
    '/healthz',
    '/readyz',
    '/v1/why',
    '/metrics',
    '/console',
    '/party',
    '/client.js',
    '/j/SNEK/open',
  ];
  const answers: number[] = [];
  for (const path of paths) answers.push((await client.get(path).set(headers)).status);
  return answers;
}

const served = [200, 200, 400, 401, 401, 200, 200, 200];
const refused = served.map(() => 401);

test('[C12] a global guard applies to all routes of the relay, and logins are not routes', async () => {
  const { app, peers } = await startGuarded();
  expect(await statuses(app)).toEqual(refused);
  expect(await statuses(app, { authorization: 'Bearer good' })).toEqual(served);
  const host = await peers.host();
  await peers.expectParty(host, await peers.player(host, '467'));
});

test('[C12] a backend opens the routes of a module with its own decorator, for itself only', async () => {
  const open = await startGuarded({ decorators: [Public()] });
  const shut = await startGuarded();
  expect(await statuses(open.app)).toEqual(served);
  expect(await statuses(shut.app)).toEqual(refused);
  const host = await open.peers.host();
  await open.peers.expectParty(host, await open.peers.player(host, '467'));
});

test('[C12] each module takes its own decorators, in the order of decorators: the last one first', async () => {
  const order: string[] = [];
  const noting =
    (name: string): ClassDecorator =>
    () =>
      void order.push(name);
  const { app } = await startBackend({
    imports: [
      RelayModule.forRoot({ operatorToken: OPERATOR }),
      HealthModule.forRoot({ decorators: [noting('first'), Public(), noting('last')] }),
      WhyModule,
    ],
    providers: [{ provide: APP_GUARD, useClass: TokenGuard }],
  });
  const client = supertest(app.getHttpServer() as Parameters<typeof supertest>[0]);
  expect((await client.get('/healthz')).status).toBe(200);
  expect((await client.get('/v1/why')).status).toBe(401);
  expect(order).toEqual(['last', 'first']);
});

test('[C11] with globals, a decorator on the gateway lets logins pass the guard', async () => {
  const start = (decorators: ClassDecorator[]): Promise<Backend> =>
    startBackend({
      imports: [RelayModule.forRoot({ globals: true, decorators })],
      providers: [{ provide: APP_GUARD, useClass: TokenGuard }],
    });
  const { peers } = await start([Public()]);
  const host = await peers.host();
  await peers.expectParty(host, await peers.player(host, '467'));
  const closed = await start([]);
  await closed.peers.expectRefused(await closed.peers.saying(loginHost('SNEK')), 'internal-error');
});

test('[C11] a guard that a backend puts on the gateway decides on logins, also without globals', async () => {
  const asked: (string | undefined)[] = [];
  class OnlyGuests implements CanActivate {
    canActivate(context: ExecutionContext): boolean {
      asked.push(context.switchToWs().getClient<LoginSocket>().request?.url);
      return false;
    }
  }
  const { peers } = await startBackend({
    imports: [RelayModule.forRoot({ decorators: [UseGuards(OnlyGuests)] })],
  });
  await peers.expectRefused(await peers.saying(loginHost('SNEK')), 'not-authorized');
  expect(asked).toEqual(['/']);
});

test.each([
  ['out of', undefined, true],
  ['in', { openApi: true }, false],
])('[C12] all routes are without a version, and are %s the OpenAPI document', async (_, marks, isOut) => {
  const { app } = await startGuarded(marks);
  const controllers = app
    .get(DiscoveryService)
    .getControllers()
    .map(({ metatype }) => metatype as Type);
  expect(controllers.length).toBeGreaterThanOrEqual(7);
  for (const controller of controllers) {
    expect(Reflect.getMetadata('__version__', controller)).toBe(VERSION_NEUTRAL);
    expect(Reflect.getMetadata('swagger/apiExcludeController', controller)).toEqual([isOut]);
  }
});

test.each([
  ['URI', { type: VersioningType.URI, defaultVersion: '1' }],
  ['header', { type: VersioningType.HEADER, header: 'X-Version', defaultVersion: '1' }],
  ['media type', { type: VersioningType.MEDIA_TYPE, key: 'v=', defaultVersion: '1' }],
] as const)(
  '[C12] versions in the %s, with a default, do not move a route of the relay',
  async (_, versioning) => {
    const { app } = await startBackend(
      { imports: [RelayModule.forRoot({ operatorToken: OPERATOR }), ...modules()] },
      { prepare: (made) => made.enableVersioning(versioning) },
    );
    expect(await statuses(app)).toEqual(served);
  },
);
