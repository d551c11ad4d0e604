import { Controller, Get, Res, type Type } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { Runtime, SubscriptionStatus } from '@shouwen/engine';
import type { FastifyReply } from 'fastify';

const PUBLIC = { roles: ['public'] };

/** Whoever asks for health waits no longer than this for a server that does not answer. Milliseconds. */
const PATIENCE = 2_000;

/**
 * Liveness is the process, readiness is every service: its log answers and its consumers run. Kafka being away takes
 * no service out: contacts and tickets are still taken, and what others should hear waits in the log.
 */
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
  const [head, behind] = await Promise.all([
    inTime(runtime.head()),
    inTime(runtime.subscriptions().then(mostBehind)),
  ]);
  const consumers = runtime.states();
  const waiting = consumers.filter(({ state }) => state === 'paused' || state === 'stopped');
  const state = {
    isReady: head !== null && waiting.length === 0,
    log: head === null ? 'away' : 'answers',
    consumers: consumers.length,
    /** Null: what it reads does not say where it ends, for instance because Kafka is away. */
    behind,
    waiting,
  };
  return [runtime.service.name, state] as const;
}

/** Of what runs here; null where one of them does not know. */
function mostBehind(all: readonly SubscriptionStatus[]): number | null {
  const here = all.filter(({ state }) => state !== 'standby').map(({ behind }) => behind);
  const known = here.filter((behind) => behind !== null);
  return known.length < here.length ? null : Math.max(0, ...known);
}

/** Null where the answer failed or did not come in time. */
async function inTime<T>(answer: Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), PATIENCE);
  });
  try {
    return await Promise.race([answer, late]);
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}
