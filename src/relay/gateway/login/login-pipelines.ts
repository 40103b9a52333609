/** The way of a login through Nest: the pipes, the interceptor and the filter of the gateway around its handler. */
import { Inject, Injectable, Scope, type Type } from '@nestjs/common';
import {
  ApplicationConfig,
  ExternalContextCreator,
  ModuleRef,
  ModulesContainer,
  NestContainer,
} from '@nestjs/core';
import { LoggingInterceptor } from '../../logging/logging.interceptor.js';
import { FailedLogin } from './failed-login.js';
import type { LoginAttempt } from './login-attempt.js';

/** The handler that is given a first message no other handler wants. */
export const NO_LOGIN = 'anything else';

/** Whether what the backend applies to all requests is applied to logins too. */
export const GLOBALS = Symbol('globals');

/** Resolves when the login is answered. It rejects if even the gateway's filter has failed. */
type Pipeline = (attempt: LoginAttempt, message: unknown, name: string) => Promise<unknown>;

/** What a pipeline has around its handler and the pipes. */
const ALL = { guards: true, interceptors: true, filters: true };
const NONE = { guards: false, interceptors: false, filters: false };

const METHODS = { login_server: 'loginServer', login_client: 'loginClient', [NO_LOGIN]: 'refuse' } as const;

/** Whether the action of a first message is that of a login. */
export function isLogin(action: unknown): boolean {
  return typeof action === 'string' && action !== NO_LOGIN && Object.hasOwn(METHODS, action);
}

/** Where the parameter decorators of gateways leave what they know, and how they count. */
const PARAMETERS = '__routeArguments__';
const SOCKET = 0;

const SCOPED_AUTHORIZER =
  'The authorizer of RelayModule must not inject a request-scoped provider: a connection is not a request.';

/**
 * Nest 12 runs the global guards, pipes and interceptors of a backend on gateways, Nest 11 does not. A login is not a request
 * (C11): so its pipelines are made here, by what Nest has for others who call handlers, and the same in both.
 *
 * The relay's interceptor and filter do something for a login that fails, and nothing for one that is granted. So a login
 * goes through its pipes and its handler alone, without the observables around them, and with an error once more the way of what is
 * not a login, through interceptor and filter. A backend that has put anything around the gateway sees all of both.
 */
@Injectable()
export class LoginPipelines {
  private readonly pipelines = new Map<string, Pipeline>();
  private onlyRefusals = false;

  constructor(
    private readonly module: ModuleRef,
    private readonly modules: ModulesContainer,
    private readonly withGlobals: ExternalContextCreator,
    @Inject(GLOBALS) private readonly globals: boolean,
  ) {}

  /** Called when the gateway is bound, which is after `useGlobalGuards()` and the like. */
  make(type: Type<object>): void {
    if (this.module.introspect(type).scope !== Scope.DEFAULT) throw new Error(SCOPED_AUTHORIZER);
    const gateway = this.module.get<object>(type);
    const creator = this.globals ? this.withGlobals : this.withoutGlobals();
    this.onlyRefusals = !this.globals && this.areOurs(gateway, type);
    for (const [name, method] of Object.entries(METHODS)) {
      const callback = Reflect.get(gateway, method) as (...values: unknown[]) => unknown;
      const parameters = {
        exchangeKeyForValue: (type: number, _data: unknown, values: unknown[]) =>
          values[type === SOCKET ? 0 : 1],
      };
      const pipeline = creator.create(
        ...([gateway, callback, method, PARAMETERS, parameters] as const),
        ...([undefined, undefined, this.surroundingsOf(name), 'ws'] as const),
      );
      this.pipelines.set(name, pipeline);
    }
  }

  run(attempt: LoginAttempt, message: unknown, name: unknown): Promise<unknown> {
    const known = typeof name === 'string' && this.pipelines.has(name) ? name : NO_LOGIN;
    const answer = this.pass(attempt, message, known);
    if (known === NO_LOGIN || !this.onlyRefusals) return answer;
    return answer.catch((error: unknown) => this.pass(attempt, new FailedLogin(error), NO_LOGIN));
  }

  private pass(attempt: LoginAttempt, message: unknown, name: string): Promise<unknown> {
    const pipeline = this.pipelines.get(name);
    if (pipeline === undefined)
      throw new Error('The relay has no handler for a first message that is not a login.');
    return pipeline(attempt, message, name);
  }

  /** What stands around a login that is granted, if its gateway and interceptor are the relay's, and nothing of a backend. */
  private surroundingsOf(name: string): typeof ALL {
    return name !== NO_LOGIN && this.onlyRefusals ? NONE : ALL;
  }

  private areOurs(gateway: object, type: Type): boolean {
    const used = [...this.modules.values()].map(({ injectables }) => injectables.get(LoggingInterceptor));
    const isReplaced = used.some((one) => one !== undefined && one.metatype !== LoggingInterceptor);
    return gateway.constructor === type && !isReplaced;
  }

  /** All modules, in a container whose application has no globals. */
  private withoutGlobals(): ExternalContextCreator {
    const container = new NestContainer(new ApplicationConfig());
    for (const [key, module] of this.modules) container.getModules().set(key, module);
    return ExternalContextCreator.fromContainer(container);
  }
}
