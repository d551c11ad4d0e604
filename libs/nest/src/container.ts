import type { KeyObject } from 'node:crypto';
import { Module, type Provider, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CommandBus, CommandHandler, CqrsModule } from '@nestjs/cqrs';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Command, Engine, Runtime, UseCase } from '@shouwen/engine';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { guardWith } from './access.js';
import { BODY_LIMIT, parseBody } from './body.js';
import { callers, currentCaller } from './caller.js';
import { operationsController } from './operations.js';
import { problemOf, PROBLEM_TYPE } from './problem.js';
import { ProblemFilter, type Log } from './problem-filter.js';
import { traceWith } from './request-trace.js';
import { routeControllers } from './routes.js';
import { unheard, within, type Telemetry } from './telemetry.js';
import type { Tokens } from './tokens.js';
import { viewControllers } from './views.js';

export interface ServiceEdge {
  readonly runtime: Runtime;
  readonly engine: Pick<Engine, 'transport' | 'time'>;
  /** Keys the fingerprints of requests. */
  readonly fingerprintKey: KeyObject;
}

export interface ContainerOptions {
  readonly tokens: Tokens;
  readonly log: Log;
  /** Told of requests, commands and what handles events; absent: nobody is. */
  readonly telemetry?: Telemetry;
  /** First part of every path of this container; absent for the host's own. */
  readonly prefix?: string;
  /** Called before Nest adds its routes. */
  readonly prepare?: (app: NestFastifyApplication) => void | Promise<void>;
}

/** One service, one Nest container: a provider of one service cannot be resolved from another. */
export async function serviceContainer(
  edge: ServiceEdge,
  options: Omit<ContainerOptions, 'prefix'>,
): Promise<NestFastifyApplication> {
  const { service } = edge.runtime;
  const app = await makeContainer(
    [
      ...routeControllers(service, edge),
      ...viewControllers(service, edge),
      operationsController(edge),
    ],
    service.commands.map((useCase) => handlerOf(useCase, edge.runtime, options.telemetry)),
    { ...options, prefix: service.name },
  );
  return app;
}

/**
 * The door for commands that reactions and timers send: the same bus that HTTP uses. The events that come of them
 * stay in the trace of the event that led here, as children of its handling.
 */
export const doorOf = (
  app: NestFastifyApplication,
  telemetry: Telemetry = unheard,
): Parameters<Runtime['start']>[0] => {
  const commands = app.get(CommandBus);
  return (command, caller) => {
    const { route, traceparent: parent } = caller;
    const span = telemetry.begin({ name: `handle ${route}`, kind: 'consumer', parent });
    return within(span, (traceparent) =>
      callers.run({ ...caller, traceparent }, () => commands.execute(command)),
    );
  };
};

function handlerOf(useCase: UseCase, runtime: Runtime, telemetry: Telemetry = unheard): Type {
  const name = `command ${useCase.command.name}`;
  @CommandHandler(useCase.command)
  class Handler {
    execute(command: Command) {
      const caller = currentCaller();
      const span = telemetry.begin({ name, kind: 'internal', parent: caller.traceparent });
      return within(span, (traceparent) =>
        runtime.execute(useCase, command, { ...caller, traceparent }),
      );
    }
  }
  return Handler;
}

/** A Nest container on Fastify with our bodies, our problems and our guard; it listens nowhere by itself. */
export async function makeContainer(
  controllers: Type[],
  providers: Provider[],
  { tokens, log, prefix, prepare, telemetry = unheard }: ContainerOptions,
): Promise<NestFastifyApplication> {
  @Module({ imports: [CqrsModule.forRoot()], controllers, providers })
  class Container {}
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    routerOptions: { maxParamLength: 300 },
    // What the router itself cannot read passes no hook and no filter.
    frameworkErrors: (error: FastifyError, _request: FastifyRequest, reply: FastifyReply) => {
      const problem = problemOf(error);
      void reply.code(problem.status).type(PROBLEM_TYPE).send(JSON.stringify(problem));
    },
  });
  const app = await NestFactory.create<NestFastifyApplication>(Container, adapter, {
    abortOnError: false,
    bodyParser: false,
    logger: ['error', 'fatal'],
  });
  if (prefix) app.setGlobalPrefix(prefix);
  const instance = adapter.getInstance();
  const patterns = new Map<string, { pattern: RegExp; methods: Set<string> }>();
  instance.addHook('onRoute', ({ url, method }) => {
    const known = patterns.get(url) ?? { pattern: patternOf(url), methods: new Set() };
    [method].flat().forEach((name) => known.methods.add(name));
    patterns.set(url, known);
  });
  instance.removeAllContentTypeParsers();
  instance.addContentTypeParser(
    /^application\/json *(; *charset=(utf-8|"utf-8"))?$/i,
    { parseAs: 'buffer' },
    (_request, body, done) => {
      try {
        done(null, parseBody(body as Buffer));
      } catch (error) {
        done(error as Error);
      }
    },
  );
  traceWith(instance, telemetry);
  guardWith(instance, tokens);
  const methodsAt = (path: string) => [
    ...new Set(
      [...patterns.values()]
        .filter(({ pattern }) => pattern.test(path))
        .flatMap(({ methods }) => [...methods]),
    ),
  ];
  app.useGlobalFilters(new ProblemFilter(methodsAt, log));
  await prepare?.(app);
  await app.init();
  await instance.ready();
  return app;
}

const patternOf = (url: string): RegExp =>
  new RegExp(
    `^${url
      .split('/')
      .map((part) => (part.startsWith(':') ? '[^/]+' : part === '*' ? '.*' : escape(part)))
      .join('/')}$`,
  );

const escape = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
