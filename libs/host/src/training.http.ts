import { Controller, Get, HttpCode, Post, Query, Req, type Type } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { badRequest, bodyOf } from '@shouwen/nest';
import { IsOptional, Matches } from 'class-validator';
import type { FastifyRequest } from 'fastify';
import { Peer } from './peer.js';
import type { Training } from './training.js';

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/;

/** Where the clock goes: to an instant, or on by a duration such as `90m`, `2h` or `1d12h`. One of the two. */
export class Advance {
  @IsOptional()
  @Matches(INSTANT, {
    message: 'to must be an instant with its offset, such as 2026-01-15T08:00:00+08:00.',
  })
  to?: string;

  @IsOptional()
  @Matches(/^(\d{1,6}[smhd]){1,4}$/, {
    message: 'by must be a duration such as 2h or 30m; 1d12h is a day and a half, 45s are seconds.',
  })
  by?: string;
}

/** `peers`: addresses of the other processes, which this one asks on behalf of whoever moves the clock. */
export function trainingController(training: Training, peers: readonly string[]): Type {
  @Controller('training')
  class TrainingHttp {
    @Get('clock')
    @RouteConfig({ roles: ['anyone'] })
    clock() {
      return { now: training.now() };
    }

    @Get('standing')
    @RouteConfig({ roles: ['administrator'] })
    standing(@Query('once') once: unknown) {
      if (once !== 'published' && once !== 'settled')
        throw badRequest('request.invalid', 'Say when to answer.', [
          { field: 'once', rule: 'isIn', message: 'once is published or settled.' },
        ]);
      return training.here[once]();
    }

    @Post('clock/advance')
    @HttpCode(200)
    @RouteConfig({ roles: ['administrator'] })
    advance(@Req() request: FastifyRequest) {
      const { to, by } = bodyOf(Advance, request);
      if ((to === undefined) === (by === undefined))
        throw badRequest('request.invalid', 'Say either to or by.', [
          { field: 'to', rule: 'eitherOr', message: 'Send one of to and by.' },
        ]);
      const others = peers.map((url) => new Peer(url, request.headers.authorization ?? ''));
      return training.advance(to === undefined ? { by: by! } : { to }, others);
    }
  }
  return TrainingHttp;
}
