import { Controller, Get, HttpCode, Post, Req, Res, type Type } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { RouteConfig } from '@nestjs/platform-fastify';
import { idField, type Ask, type Route, type Service, type UseCase } from '@shouwen/engine';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { callers } from './caller.js';
import type { ServiceEdge } from './container.js';
import { callerOf, commandOf, queryOf } from './requests.js';

export const routeControllers = (service: Service, edge: ServiceEdge): Type[] =>
  service.routes.map((route) =>
    isUseCase(route.does)
      ? commandRoute(route, route.does, edge)
      : queryRoute(route, route.does, edge),
  );

export const isUseCase = (does: UseCase | Ask): does is UseCase => 'command' in does;

/** 201 where a new stream begins: its id is not in the address, the answer brings it. */
export const statusOf = (route: Route, useCase: UseCase): number =>
  route.path.includes(`:${idField(useCase.stream)}`) ? 200 : 201;

function commandRoute(route: Route, useCase: UseCase, edge: ServiceEdge): Type {
  @Controller()
  class CommandHttp {
    constructor(private readonly commands: CommandBus) {}

    @Post(route.path)
    @HttpCode(statusOf(route, useCase))
    @RouteConfig({ roles: route.roles })
    async handle(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
      const caller = callerOf(request, edge.fingerprintKey);
      const command = commandOf(useCase.command, request);
      const { answer, isReplay } = await callers.run(caller, () =>
        this.commands.execute<object, Awaited<ReturnType<ServiceEdge['runtime']['execute']>>>(
          command,
        ),
      );
      if (isReplay) reply.header('idempotency-replayed', 'true');
      return answer;
    }
  }
  return CommandHttp;
}

function queryRoute(route: Route, ask: Ask, { runtime }: ServiceEdge): Type {
  @Controller()
  class QueryHttp {
    @Get(route.path)
    @RouteConfig({ roles: route.roles })
    handle(@Req() request: FastifyRequest) {
      const { query, ...options } = queryOf(ask.query, request);
      return runtime.ask(ask, query, request.actor, { ...options, roles: route.roles });
    }
  }
  return QueryHttp;
}
