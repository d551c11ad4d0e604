import { HttpException } from '@nestjs/common';
import {
  Busy,
  Forbidden,
  Invalid,
  KeyReused,
  NotFound,
  NotReached,
  Rejected,
  Unavailable,
} from '@shouwen/engine';
import { framesOf, HttpProblem, problemOf } from './problem.js';

describe('an error becomes a problem', () => {
  it.each([
    ['a refusal', new Rejected('ticket.already-closed', 'Closed.'), 409, 'ticket.already-closed'],
    [
      'a refusal of the unknown',
      new Rejected('ticket.not-found', 'None.'),
      404,
      'ticket.not-found',
    ],
    ['a wrong request', new Invalid('request.invalid', 'Wrong.'), 400, 'request.invalid'],
    ['a missing right', new Forbidden('unit.missing', 'Not yours.'), 403, 'unit.missing'],
    ['nothing there', new NotFound('ticket.not-found', 'None.'), 404, 'ticket.not-found'],
    ['a reused key', new KeyReused('Used.'), 422, 'idempotency-key.reused'],
    ['a busy stream', new Busy('Busy.'), 409, 'stream.busy'],
    ['a view that lags', new NotReached('Not yet.'), 503, 'position.not-reached'],
    ['a store that is away', new Unavailable('disk'), 503, 'engine.unavailable'],
    [
      'a refusal of the edge',
      new HttpProblem(401, 'token.missing', 'Sign in.'),
      401,
      'token.missing',
    ],
    ['too large a body', new HttpException('x', 413), 413, 'body.too-large'],
    ['a strange content type', new HttpException('x', 415), 415, 'content-type.unsupported'],
    ['a framework refusal', new HttpException('x', 418), 418, 'request.refused'],
    [
      'an address with a broken escape',
      { code: 'FST_ERR_BAD_URL', statusCode: 400 },
      400,
      'request.malformed',
    ],
    ['a bare router error', { statusCode: 414 }, 414, 'uri.too-long'],
    ['anything else', new TypeError('boom'), 500, 'internal'],
    ['even a thrown text', 'boom', 500, 'internal'],
    ['even nothing', null, 500, 'internal'],
  ])('%s', (_what, error, status, code) => {
    expect(problemOf(error)).toMatchObject({ status, code, type: `urn:shouwen:problem:${code}` });
  });

  it('with the field that a refusal names', () => {
    const faults = [{ field: 'occurredAt', rule: 'occurred-at.future', message: 'Not yet.' }];
    expect(problemOf(new Rejected('occurred-at.future', 'Not yet.', 'occurredAt'))).toEqual({
      type: 'urn:shouwen:problem:occurred-at.future',
      title: 'Not yet.',
      status: 409,
      code: 'occurred-at.future',
      faults,
    });
  });

  it('that says nothing of an unforeseen error or of the store', () => {
    const problems = [new TypeError('张三 13800138000'), new Unavailable('/data/keys.db')].map(
      problemOf,
    );
    expect(JSON.stringify(problems)).not.toMatch(/张三|keys/);
  });

  it('whose log line holds frames and no message', () => {
    const frames = framesOf(new TypeError('张三\n lives at 1 Main Street'));
    expect(frames.length).toBeGreaterThan(0);
    expect(frames.every((line) => line.startsWith('at '))).toBe(true);
    expect(frames.join()).not.toMatch(/张三|Main Street/);
  });
});
