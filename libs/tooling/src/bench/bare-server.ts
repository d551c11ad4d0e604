// The baseline of N5: a Nest route on the same adapter, with the same guard and the same validated body, that hands
// one prepared row to the same group commit. It decides nothing, encrypts nothing, reads nothing.
import 'reflect-metadata';
import { createSecretKey } from 'node:crypto';
import { Controller, Post, Req } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { hashOf } from '@shouwen/engine';
import { openEmbeddedEngine } from '@shouwen/engine-embedded';
import { intake } from '@shouwen/intake';
import { bodyOf, callerOf, makeContainer, Tokens } from '@shouwen/nest';
import type { FastifyRequest } from 'fastify';
import { serve } from './serve.js';

const engine = openEmbeddedEngine({ directory: process.env['DATA_DIR']! });
const { log } = await engine.open('bare');
const tokens = new Tokens(engine.keys.purpose('token'));
const fingerprintKey = createSecretKey(engine.keys.purpose('fingerprint'));
const { command } = intake.commands.find(({ command: c }) => c.name === 'RecordContact')!;
const data = JSON.stringify({ prepared: 'x'.repeat(700) });
const meta = JSON.stringify({ actor: 'admin', tenant: 'main', correlation: 'x'.repeat(36) });

@Controller('contacts')
class Bare {
  @Post()
  @RouteConfig({ roles: ['call-taker', 'administrator'] })
  async open(@Req() request: FastifyRequest) {
    const { key, fingerprint } = callerOf(request, fingerprintKey);
    (request.body as { contactId?: string }).contactId ??= key;
    bodyOf(command, request);
    const at = new Date().toISOString();
    const row = {
      stream: `contact-${key}`,
      version: 1,
      id: `${key}-0`,
      type: 'bare.contact',
      v: 1,
      key,
      occurredAt: at,
      recordedAt: at,
      data,
      meta,
    };
    const expects = [{ stream: row.stream, version: 0 }];
    const events = [{ ...row, hash: hashOf(row) }];
    const { header } = await log.append({ id: key, at, fingerprint, expects, events });
    return { log: header.g };
  }
}

const app = await makeContainer([Bare], [], { tokens, log: () => {}, prefix: 'intake' });
await serve(app, tokens, {
  settle: async () => {},
  stop: async () => {
    await app.close();
    await engine.close();
  },
});
