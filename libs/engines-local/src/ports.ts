import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * Below the ports that a kernel lends to outgoing connections, so that a server which is down for a minute finds its
 * own port still free when it comes back.
 */
const LOWEST = 20_000;
const HIGHEST = 32_000;

const given = new Set<number>();

/** Ports that nobody listens on now, each given once in the life of a process. */
export async function freePorts(count: number): Promise<number[]> {
  const ports: number[] = [];
  while (ports.length < count) {
    const port = LOWEST + Math.floor(Math.random() * (HIGHEST - LOWEST));
    if (given.has(port) || !(await isFree(port))) continue;
    given.add(port);
    ports.push(port);
  }
  return ports;
}

export async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '0.0.0.0');
  try {
    await once(server, 'listening');
  } catch {
    return false;
  }
  server.close();
  await once(server, 'close');
  return true;
}
