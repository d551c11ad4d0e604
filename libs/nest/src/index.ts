import 'reflect-metadata';

export { doorOf, makeContainer, serviceContainer, type ServiceEdge } from './container.js';
export { openApiOf, type HostRoute } from './open-api.js';
export {
  ADDRESS_NOT_ENCODED,
  badRequest,
  framesOf,
  HttpProblem,
  problemOf,
  type Problem,
} from './problem.js';
export type { Log } from './problem-filter.js';
export { bodyOf, callerOf } from './requests.js';
export { unheard, type Answered, type Span, type SpanStart, type Telemetry } from './telemetry.js';
export { Tokens, type Identity, type LookUp } from './tokens.js';
