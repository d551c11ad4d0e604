import { Controller, Get, Res, type Type } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { Runtime } from '@shouwen/engine';
import type { FastifyReply } from 'fastify';

const PUBLIC = { roles: ['public'] };

/** Liveness is the process, readiness is every service: its consumers run, nothing is stopped or paused. */
export function healthController(runtimes: readonly Runtime[], isStopping: () => boolean): Type {
  @Controller('health')
  class HealthHttp {
    @Get('live')
    @RouteConfig(PUBLIC)
    live() {
      return { status: 'live' };
    }

    @Get('ready')
    @RouteConfig(PUBLIC)
    async ready(@Res({ passthrough: true }) reply: FastifyReply) {
      const services = Object.fromEntries(await Promise.all(runtimes.map(readinessOf)));
      const isReady = !isStopping() && Object.values(services).every((one) => one.isReady);
      void reply.code(isReady ? 200 : 503);
      return { status: isReady ? 'ready' : 'not-ready', services };
    }
  }
  return HealthHttp;
}

async function readinessOf(runtime: Runtime) {
  const consumers = await runtime.subscriptions();
  const waiting = consumers.filter(({ state }) => state === 'paused' || state === 'stopped');
  const state = {
    isReady: waiting.length === 0,
    consumers: consumers.length,
    behind: consumers.reduce((most, { behind }) => Math.max(most, behind), 0),
    waiting: waiting.map(({ name, state }) => ({ name, state })),
  };
  return [runtime.service.name, state] as const;
}
