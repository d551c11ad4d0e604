import { createServer } from 'node:http';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Tokens } from '@shouwen/nest';

/** Puts one container behind a port, with the two addresses that the load asks beside it. */
export async function serve(
  app: NestFastifyApplication,
  tokens: Tokens,
  how: { settle: () => Promise<void>; stop: () => Promise<void> },
): Promise<void> {
  const instance = app.getHttpAdapter().getInstance();
  const { token } = await tokens.issue({
    number: 'admin',
    tenant: 'main',
    grants: ['call-taker', 'administrator'].map((role) => ({ role, unit: '/' })),
  });
  const server = createServer((request, response) => {
    if (request.url === '/auth/token') response.end(JSON.stringify({ token }));
    else if (request.url === '/settle') void how.settle().then(() => response.end('{}'));
    else instance.routing(request, response);
  });
  server.listen(Number(process.env['PORT']), '127.0.0.1', () =>
    console.log('it is ready on', server.address()),
  );
  process.once('SIGTERM', () => {
    server.close();
    server.closeAllConnections();
    void how.stop();
  });
}
