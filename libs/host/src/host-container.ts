import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { Runtime, Service } from '@shouwen/engine';
import {
  makeContainer,
  openApiOf,
  type HostRoute,
  type Log,
  type Telemetry,
  type Tokens,
} from '@shouwen/nest';
import type { Accounts } from './accounts.js';
import { healthController } from './health.http.js';
import { landingController } from './landing.http.js';
import { ChangePassword, GivePassword, SignIn, signInController } from './sign-in.http.js';
import { Advance, trainingController } from './training.http.js';
import type { Training } from './training.js';

export interface HostParts {
  readonly runtimes: readonly Runtime[];
  readonly accounts: Accounts;
  readonly tokens: Tokens;
  readonly log: Log;
  readonly telemetry: Telemetry;
  readonly training: Training | null;
  /** Addresses of the other processes of a training installation. */
  readonly peers: readonly string[];
  readonly version: string;
  readonly isStopping: () => boolean;
}

const PUBLIC = ['public'];

const ACCOUNT_ROUTES: readonly HostRoute[] = [
  {
    ...{ method: 'POST', path: '/auth/token', roles: PUBLIC, body: SignIn },
    summary: 'Signs in: answers a token for one shift of eight hours.',
  },
  {
    ...{ method: 'POST', path: '/auth/password', roles: ['anyone'], body: ChangePassword },
    summary: 'Changes the own password; every older token of that person ends.',
  },
  {
    ...{
      ...{ method: 'POST', path: '/auth/staff/:staff/password' },
      ...{ roles: ['administrator'], body: GivePassword },
    },
    summary: 'Gives somebody a first or another password; their older tokens end.',
  },
];

const HOST_ROUTES: readonly HostRoute[] = [
  {
    ...{ method: 'GET', path: '/health/live', roles: PUBLIC },
    summary: 'Says that the process lives.',
  },
  {
    ...{ method: 'GET', path: '/health/ready', roles: PUBLIC },
    summary: 'Says whether the log of every service answers and its consumers run.',
  },
];

const TRAINING_ROUTES: readonly HostRoute[] = [
  {
    ...{ method: 'GET', path: '/training/standing', roles: ['administrator'] },
    summary: 'Answers once the services of this process are through; other processes ask it.',
  },
  {
    ...{ method: 'GET', path: '/training/clock', roles: ['anyone'] },
    summary: 'Says where the simulated clock stands.',
  },
  {
    ...{ method: 'POST', path: '/training/clock/advance', roles: ['administrator'], body: Advance },
    summary: 'Moves the simulated clock and lets due timers fire; answers once everything settled.',
  },
];

/** What belongs to no service: sign-in, health, documentation, the training clock. */
export async function hostContainer(parts: HostParts): Promise<NestFastifyApplication> {
  const { runtimes, accounts, tokens, log, telemetry, training, peers, version, isStopping } =
    parts;
  const services: Service[] = runtimes.map(({ service }) => service);
  const routes = [
    ...(accounts.areKeptHere ? ACCOUNT_ROUTES : []),
    ...HOST_ROUTES,
    ...(training ? TRAINING_ROUTES : []),
  ];
  const openApi = openApiOf(services, routes, version);
  const controllers = [
    ...(accounts.areKeptHere ? [signInController(accounts, tokens)] : []),
    healthController(runtimes, isStopping),
    landingController(
      openApi,
      services.map(({ name }) => name),
    ),
    ...(training ? [trainingController(training, peers)] : []),
  ];
  return makeContainer(controllers, [], {
    tokens,
    log,
    telemetry,
    prepare: (app) => {
      documentationIsPublic(app);
      SwaggerModule.setup('docs', app, openApi as OpenAPIObject, {
        customSiteTitle: 'Shouwen 首问',
        raw: false,
      });
    },
  });
}

/** Swagger's own routes name no roles; the guard would let nobody in. */
function documentationIsPublic(app: NestFastifyApplication): void {
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRoute', (route) => {
      if (route.url === '/docs' || route.url.startsWith('/docs/'))
        route.config = { ...route.config, roles: PUBLIC };
    });
}
