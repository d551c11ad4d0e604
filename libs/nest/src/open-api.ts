import {
  idField,
  Query,
  type Ask,
  type Route,
  type Service,
  type UseCase,
  type View,
} from '@shouwen/engine';
import { ParkedKey } from './operations.js';
import { isUseCase, statusOf } from './routes.js';
import { Named, type Schema } from './schemas.js';
import { servedViews, viewPath } from './views.js';

/** A route of the host itself: sign-in, health, training. */
export interface HostRoute {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly summary: string;
  /** `public`: without a token. */
  readonly roles: readonly string[];
  readonly body?: new () => object;
  readonly isIdempotent?: boolean;
}

interface Operation {
  readonly tag: string;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly summary: string;
  readonly roles: readonly string[];
  readonly parameters: readonly Schema[];
  readonly body?: Schema;
  readonly answer: { readonly status: number; readonly schema: Schema };
}

const TEXT: Schema = { type: 'string' };

/** OpenAPI 3.1 of everything that one port serves, made from the records that the routes are made of. */
export function openApiOf(
  services: readonly Service[],
  hostRoutes: readonly HostRoute[],
  version: string,
): object {
  const named = new Named();
  const operations = [
    ...hostRoutes.map((route) => hostOperation(route, named.within('host'))),
    ...services.flatMap((service) => serviceOperations(service, named.within(service.name))),
  ];
  const paths: Record<string, Record<string, object>> = {};
  for (const operation of operations) {
    const path = operation.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [operation.method.toLowerCase()]: described(operation) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Shouwen 首问', version, description: DESCRIPTION, license: LICENSE },
    servers: [{ url: '/' }],
    tags: ['host', ...services.map(({ name }) => name)].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
      schemas: { Problem: PROBLEM, ...named.schemas },
    },
  };
}

const LICENSE = { name: 'Apache-2.0', identifier: 'Apache-2.0' };

const DESCRIPTION = [
  'Sign in with POST /auth/token and send the token as a bearer token.',
  'Every POST carries an Idempotency-Key: repeated under the same key, it answers the same and changes nothing.',
  'The `log` of an answer, sent as `after` with a query of the same service, makes that query wait for it.',
  'Errors are problem+json (RFC 9457) with a stable `code`.',
].join('\n\n');

const PROBLEM: Schema = {
  type: 'object',
  required: ['type', 'title', 'status', 'code'],
  properties: {
    type: TEXT,
    title: { type: 'string', description: 'A sentence for the person at the desk.' },
    status: { type: 'integer' },
    code: { type: 'string', description: 'Stable, for programs.' },
    detail: TEXT,
    faults: {
      type: 'array',
      items: {
        type: 'object',
        required: ['field', 'rule', 'message'],
        properties: { field: TEXT, rule: TEXT, message: TEXT },
      },
    },
  },
};

function described({ tag, method, path, summary, roles, ...rest }: Operation): object {
  const isPublic = roles.includes('public');
  const needs = roles.includes('anyone') ? 'any signed-in caller' : roles.join(', ');
  return {
    tags: [tag],
    operationId: `${method.toLowerCase()}${path.replace(/[^A-Za-z0-9]+(\w)?/g, (_, letter?: string) => (letter ?? '').toUpperCase())}`,
    summary,
    ...(isPublic
      ? { security: [] }
      : { security: [{ bearer: [] }], description: `Roles: ${needs}.` }),
    ...(rest.parameters.length ? { parameters: rest.parameters } : {}),
    ...(rest.body
      ? { requestBody: { required: true, content: { 'application/json': { schema: rest.body } } } }
      : {}),
    responses: {
      [rest.answer.status]: {
        description: 'Done.',
        content: { 'application/json': { schema: rest.answer.schema } },
      },
      default: {
        description: 'A problem.',
        content: {
          'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
        },
      },
    },
  };
}

const inPath = (path: string): Schema[] =>
  [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: TEXT,
  }));

const inQuery = (name: string, schema: Schema, description?: string): Schema => ({
  name,
  in: 'query',
  schema,
  ...(description ? { description } : {}),
});

const KEY: Schema = {
  name: 'Idempotency-Key',
  in: 'header',
  required: true,
  schema: { type: 'string', format: 'uuid' },
};

const AFTER = inQuery('after', TEXT, 'Position token: wait until the view has read this far.');

function serviceOperations(service: Service, named: Named): Operation[] {
  const routes = service.routes.map((route) => {
    const { does } = route;
    return isUseCase(does)
      ? commandOperation(service, { route, useCase: does }, named)
      : queryOperation(service, { route, ask: does }, named);
  });
  const views = servedViews(service).flatMap((view) => viewOperations(service, view));
  return [...routes, ...views, ...operatorOperations(service, named)];
}

function commandOperation(
  { name: tag }: Service,
  { route, useCase }: { route: Route; useCase: UseCase },
  named: Named,
): Operation {
  const params = inPath(route.path);
  const id = idField(useCase.stream);
  return {
    ...route,
    tag,
    path: `/${tag}${route.path}`,
    parameters: [...params, KEY],
    body: params.length
      ? without(named.schemaOf(useCase.command), params)
      : named.refer(useCase.command, useCase.stream.idField ? undefined : id),
    answer: {
      status: statusOf(route, useCase),
      schema: {
        type: 'object',
        required: [id, 'log'],
        properties: { [id]: TEXT, log: TEXT },
      },
    },
  };
}

/** Fields that stand in the address need not stand in the body. */
function without(schema: ReturnType<Named['schemaOf']>, params: readonly Schema[]): Schema {
  const taken = new Set(params.map(({ name }) => name));
  const kept = <T>(all: Record<string, T>) =>
    Object.fromEntries(Object.entries(all).filter(([name]) => !taken.has(name)));
  const required = schema.required.filter((name) => !taken.has(name));
  return {
    type: 'object',
    properties: kept(schema.properties),
    ...(required.length ? { required } : {}),
    additionalProperties: false,
  };
}

function queryOperation(
  { name: tag }: Service,
  { route, ask }: { route: Route; ask: Ask },
  named: Named,
): Operation {
  const params = inPath(route.path);
  const hasFields = ask.query !== (Query as unknown);
  const { properties, required } = hasFields
    ? named.schemaOf(ask.query)
    : { properties: {}, required: [] as string[] };
  const asked = Object.entries(properties)
    .filter(([name]) => !params.some((param) => param['name'] === name))
    .map(([name, schema]) => ({
      ...inQuery(name, schema),
      ...(required.includes(name) ? { required: true } : {}),
    }));
  return {
    ...route,
    tag,
    path: `/${tag}${route.path}`,
    parameters: [...params, ...asked, AFTER],
    answer: { status: 200, schema: { type: 'object' } },
  };
}

function viewOperations(service: Service, view: View): Operation[] {
  const path = `/${service.name}/${viewPath(service, view)}`;
  const words = viewPath(service, view).replaceAll('-', ' ');
  const filters = view.indexes.map((index) =>
    inQuery(index, TEXT, 'value, in:a,b, prefix:, from:, to:, below:, above:, missing:'),
  );
  const paging = [
    inQuery('sort', { enum: view.indexes.flatMap((index) => [index, `-${index}`]) }),
    inQuery('limit', { type: 'integer', minimum: 1, maximum: 1000, default: 50 }),
    inQuery('cursor', TEXT, 'The `next` of the page before.'),
    AFTER,
  ];
  const page = {
    type: 'object',
    required: ['items', 'readTo'],
    properties: { items: { type: 'array', items: { type: 'object' } }, next: TEXT, readTo: TEXT },
  };
  const common = { tag: service.name, method: 'GET' as const, roles: view.roles };
  return [
    {
      ...common,
      path,
      summary: `Lists ${words}.`,
      parameters: [...filters, ...paging],
      answer: { status: 200, schema: page },
    },
    {
      ...common,
      path: `${path}/:id`,
      summary: `Shows one document of the view ${words}.`,
      parameters: [...inPath(':id'), AFTER],
      answer: { status: 200, schema: { type: 'object' } },
    },
  ];
}

function operatorOperations({ name: tag }: Service, named: Named): Operation[] {
  const roles = ['administrator'];
  const answer = { status: 200, schema: { type: 'object' } };
  const list = (path: string, summary: string): Operation => ({
    ...{ tag, method: 'GET', path: `/${tag}/${path}`, summary, roles },
    ...{ parameters: [], answer },
  });
  const act = (path: string, summary: string, body?: Schema): Operation => ({
    ...{ tag, method: 'POST', path: `/${tag}/${path}`, summary, roles, answer },
    parameters: [...inPath(path), KEY],
    ...(body ? { body } : {}),
  });
  return [
    list('subscriptions', 'Lists how far every view, reaction and effect has read.'),
    list('relays', 'Lists how far the log of this service has been carried to the others.'),
    list('parked', 'Lists events that wait because handling them failed.'),
    act('parked/retry', 'Handles what waits under a key again, in order.', named.refer(ParkedKey)),
    act(
      'parked/skip',
      'Passes over the first event that waits under a key.',
      named.refer(ParkedKey),
    ),
    list('refusals', 'Lists commands of reactions that the rules refused.'),
    act(
      'views/:view/rebuild',
      'Builds a view anew beside the one that serves. A repeat changes nothing: refused while one runs, later built again to the same documents.',
    ),
  ];
}

function hostOperation(route: HostRoute, named: Named): Operation {
  return {
    ...{ tag: 'host', method: route.method, path: route.path, summary: route.summary },
    roles: route.roles,
    parameters: [...inPath(route.path), ...(route.isIdempotent ? [KEY] : [])],
    ...(route.body ? { body: named.refer(route.body) } : {}),
    answer: { status: 200, schema: { type: 'object' } },
  };
}
