import { Controller, Get, HttpCode, Post, Req, type Type } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { badRequest, bodyOf } from '@shouwen/nest';
import { IsOptional, Matches } from 'class-validator';
import type { FastifyRequest } from 'fastify';
import type { Training } from './training.js';

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/;

/** Where the clock goes: to an instant, or on by a duration such as `90m`, `2h` or `1d12h`. One of the two. */
export class Advance {
  @IsOptional() @Matches(INSTANT) to?: string;
  @IsOptional() @Matches(/^(\d{1,6}[smhd]){1,4}$/) by?: string;
}

export function trainingController(training: Training): Type {
  @Controller('training')
  class TrainingHttp {
    @Get('clock')
    @RouteConfig({ roles: ['anyone'] })
    clock() {
      return { now: training.now() };
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
      return training.advance(to === undefined ? { by: by! } : { to });
    }
  }
  return TrainingHttp;
}
