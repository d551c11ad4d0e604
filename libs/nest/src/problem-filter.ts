import { Catch, NotFoundException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { framesOf, HttpProblem, problemOf, PROBLEM_TYPE } from './problem.js';

export type Log = (line: object) => void;

/** Methods that the container serves at a path; what makes a 404 a 405. */
export type MethodsAt = (path: string) => readonly string[];

/** Every error leaves as problem+json. Only what is our own fault is logged, and without the customer's words. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly methodsAt: MethodsAt,
    private readonly log: Log,
  ) {}

  catch(thrown: unknown, host: ArgumentsHost) {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    if (reply.sent) return;
    const error = thrown instanceof NotFoundException ? this.unknownRoute(request) : thrown;
    const problem = problemOf(error);
    if (problem.status === 500)
      this.log({
        level: 'error',
        code: problem.code,
        method: request.method,
        route: request.routeOptions?.url,
        traceparent: reply.getHeader('traceparent'),
        error: error instanceof Error ? error.name : typeof error,
        frames: framesOf(error),
      });
    if (error instanceof HttpProblem && error.extra.headers) reply.headers(error.extra.headers);
    if (problem.status === 503) reply.header('retry-after', '1');
    void reply.code(problem.status).type(PROBLEM_TYPE).send(JSON.stringify(problem));
  }

  private unknownRoute(request: FastifyRequest): HttpProblem {
    const methods = this.methodsAt(request.url.split('?', 1)[0]!);
    if (!methods.length)
      return new HttpProblem(404, 'route.unknown', 'There is nothing at this address.');
    return new HttpProblem(405, 'method.not-allowed', `This address takes ${methods.join(', ')}.`, {
      headers: { allow: methods.join(', ') },
    });
  }
}
