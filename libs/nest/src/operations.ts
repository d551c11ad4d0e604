import { Controller, Get, HttpCode, Post, Req, type Type } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { NotFound, secondsSince } from '@shouwen/engine';
import { IsNotEmpty, IsString, MaxLength } from 'class-validator';
import type { FastifyRequest } from 'fastify';
import type { ServiceEdge } from './container.js';
import { parseFind, type QueryString } from './filters.js';
import { bodyOf, callerOf } from './requests.js';

/** The subscription and the key whose parked events are meant. */
export class ParkedKey {
  @IsString() @IsNotEmpty() @MaxLength(200) name!: string;
  @IsString() @IsNotEmpty() @MaxLength(200) key!: string;
}

const pagingOf = (request: FastifyRequest) =>
  parseFind({ indexes: ['name', 'key'] }, request.query as QueryString).find;

const ADMINISTRATOR = { roles: ['administrator'] };

/** What an operator sees and mends: how far consumers are, what waits parked, which views to rebuild. */
export function operationsController({ runtime, engine, fingerprintKey }: ServiceEdge): Type {
  @Controller()
  class OperationsHttp {
    @Get('subscriptions')
    @RouteConfig(ADMINISTRATOR)
    async subscriptions() {
      return { items: await runtime.subscriptions() };
    }

    /** How far the service's own log has been carried to the others; none where they read the log itself. */
    @Get('relays')
    @RouteConfig(ADMINISTRATOR)
    async relays() {
      const all = await engine.transport.relayStatus();
      const own = all.filter(({ log }) => log.startsWith(`${runtime.service.name}.`));
      const now = engine.time.now();
      const items = own.map((relay) => ({
        ...relay,
        lagSeconds: secondsSince(relay.behindSince, now),
      }));
      return { items };
    }

    @Get('parked')
    @RouteConfig(ADMINISTRATOR)
    parked(@Req() request: FastifyRequest) {
      return runtime.parked(pagingOf(request));
    }

    @Post('parked/retry')
    @HttpCode(200)
    @RouteConfig(ADMINISTRATOR)
    retry(@Req() request: FastifyRequest) {
      const { name, key } = bodyOf(ParkedKey, request);
      return runtime.retryParked(name, key, callerOf(request, fingerprintKey));
    }

    @Post('parked/skip')
    @HttpCode(200)
    @RouteConfig(ADMINISTRATOR)
    skip(@Req() request: FastifyRequest) {
      const { name, key } = bodyOf(ParkedKey, request);
      return runtime.skipParked(name, key, callerOf(request, fingerprintKey));
    }

    @Get('refusals')
    @RouteConfig(ADMINISTRATOR)
    refusals(@Req() request: FastifyRequest) {
      return runtime.refusals(request.actor, pagingOf(request));
    }

    @Post('views/:view/rebuild')
    @HttpCode(200)
    @RouteConfig(ADMINISTRATOR)
    rebuild(@Req() request: FastifyRequest) {
      callerOf(request, fingerprintKey);
      const { view: asked } = request.params as { view: string };
      const { name, views } = runtime.service;
      const view = views.find((one) => one.name === asked || one.name === `${name}.${asked}`);
      if (!view) throw new NotFound('view.not-found', `There is no view ${asked} in ${name}.`);
      return runtime.rebuild(view.name);
    }
  }
  return OperationsHttp;
}
