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
  type Fault,
} from '@shouwen/engine';

/** RFC 9457. `code` is stable and for programs, `title` a sentence for the person at the desk. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail?: string;
  readonly faults?: readonly Fault[];
}

export const PROBLEM_TYPE = 'application/problem+json';

/** What the edge itself refuses: status, code, sentence. */
export class HttpProblem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly extra: {
      readonly faults?: readonly Fault[];
      readonly headers?: Readonly<Record<string, string>>;
    } = {},
  ) {
    super(message);
  }
}

export const badRequest = (code: string, message: string, faults: readonly Fault[] = []) =>
  new HttpProblem(400, code, message, { faults });

/** Many people paste an address with 暖气 in it; neither the HTTP parser nor the router takes it as it is. */
export const ADDRESS_NOT_ENCODED =
  'The address must be percent-encoded: what is not plain ASCII stands as UTF-8 in hexadecimal, such as %E7%83%AD for 热.';

/** Framework errors by their status: what the router and the body reader refuse before a route runs. */
const BY_STATUS: Readonly<Record<number, readonly [code: string, title: string]>> = {
  400: ['request.malformed', 'The request is not well-formed HTTP.'],
  404: ['route.unknown', 'There is nothing at this address.'],
  405: ['method.not-allowed', 'This address does not take that method.'],
  408: ['request.timeout', 'The request took too long to arrive.'],
  413: ['body.too-large', 'The body is larger than 1 MiB.'],
  414: ['uri.too-long', 'The address is too long.'],
  415: ['content-type.unsupported', 'Send the body as application/json in UTF-8.'],
  431: ['headers.too-large', 'The headers are too large.'],
};

const problem = (
  status: number,
  code: string,
  title: string,
  faults: readonly Fault[] = [],
): Problem => ({
  type: `urn:shouwen:problem:${code}`,
  title,
  status,
  code,
  ...(faults.length ? { faults } : {}),
});

/** Every error as a problem. What nobody foresaw is `internal`, and says nothing about its inside. */
export function problemOf(error: unknown): Problem {
  if (error instanceof HttpProblem)
    return problem(error.status, error.code, error.message, error.extra.faults);
  if (error instanceof Rejected) return problem(...rejection(error));
  if (error instanceof Invalid) return problem(400, error.code, error.message, error.faults);
  if (error instanceof Forbidden) return problem(403, error.code, error.message);
  if (error instanceof NotFound) return problem(404, error.code, error.message);
  if (error instanceof KeyReused) return problem(422, error.code, error.message);
  if (error instanceof Busy) return problem(409, error.code, error.message);
  if (error instanceof NotReached) return problem(503, error.code, error.message);
  if (error instanceof Unavailable)
    return problem(503, error.code, 'The store cannot be reached; nothing was lost, try again.');
  return ofFramework(error);
}

function rejection({ code, message, field }: Rejected): Parameters<typeof problem> {
  const status = code.endsWith('.not-found') ? 404 : 409;
  return [status, code, message, field ? [{ field, rule: code, message }] : []];
}

function ofFramework(error: unknown): Problem {
  const status =
    error instanceof HttpException
      ? error.getStatus()
      : Number((error as { statusCode?: unknown } | null)?.statusCode ?? 500);
  if (isBadAddress(error)) return problem(400, 'request.malformed', ADDRESS_NOT_ENCODED);
  const [code, title] = BY_STATUS[status] ?? [];
  if (code && title) return problem(status, code, title);
  if (status >= 400 && status < 500)
    return problem(status, 'request.refused', 'The request was refused.');
  return problem(500, 'internal', 'Something went wrong on our side; nothing was recorded.');
}

const isBadAddress = (error: unknown) =>
  (error as { code?: unknown } | null)?.code === 'FST_ERR_BAD_URL';

/** Frames only: the message of an unforeseen error may repeat what a customer said. */
export const framesOf = (error: unknown): string[] =>
  error instanceof Error
    ? (error.stack ?? '')
        .split('\n')
        .filter((line) => /^\s+at /.test(line))
        .map((line) => line.trim())
        .slice(0, 20)
    : [];
