import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { Refused } from '@shouwen/engine';
import { ADDRESS_NOT_ENCODED } from '@shouwen/nest';

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** Requests in flight at a stop may take this long. Milliseconds. */
const GRACE = 10_000;

const HEADERS = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
} as const;

const API_POLICY = "default-src 'none'; frame-ancestors 'none'";
const PAGE_POLICY =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'";

/** One port for all containers: the first part of the path says whose request it is. */
export class FrontDoor {
  private readonly server: Server;
  private inFlight = 0;
  private emptied: () => void = () => {};
  isStopping = false;

  constructor(
    private readonly handlers: ReadonlyMap<string, Handler>,
    private readonly other: Handler,
  ) {
    this.server = createServer(
      { requestTimeout: 30_000, headersTimeout: 10_000, maxHeaderSize: 16 * 1024 },
      (request, response) => this.take(request, response),
    );
    this.server.on('clientError', refuseRaw);
  }

  /** `setting` names what somebody changes who cannot have that port. */
  async listen(port: number, host: string, setting = 'PORT'): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', (error: NodeJS.ErrnoException) =>
        reject(new Refused(sentenceOf(error, { port, host, setting }))),
      );
      this.server.listen(port, host, resolve);
    });
    return (this.server.address() as AddressInfo).port;
  }

  /** Takes nothing new, finishes what is in flight, and cuts off what takes too long. */
  async stop(): Promise<void> {
    this.isStopping = true;
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.server.closeIdleConnections();
    const emptied = new Promise<void>((resolve) => {
      this.emptied = resolve;
      if (this.inFlight === 0) resolve();
    });
    const timer = setTimeout(() => this.server.closeAllConnections(), GRACE);
    await emptied;
    this.server.closeIdleConnections();
    setTimeout(() => this.server.closeAllConnections(), 200).unref();
    await closed;
    clearTimeout(timer);
  }

  private take(request: IncomingMessage, response: ServerResponse): void {
    this.inFlight++;
    response.once('close', () => {
      this.inFlight--;
      if (this.inFlight === 0) this.emptied();
    });
    const [, name = ''] = /^\/([^/?]*)/.exec(request.url ?? '') ?? [];
    for (const [header, value] of Object.entries(HEADERS)) response.setHeader(header, value);
    const isPage = name === '' || name === 'docs';
    response.setHeader('content-security-policy', isPage ? PAGE_POLICY : API_POLICY);
    if (!isPage) response.setHeader('cache-control', 'no-store');
    if (this.isStopping) response.setHeader('connection', 'close');
    (this.handlers.get(name) ?? this.other)(request, response);
  }
}

function sentenceOf(
  error: NodeJS.ErrnoException,
  { port, host, setting }: { port: number; host: string; setting: string },
): string {
  if (error.code === 'EADDRINUSE')
    return `Port ${port} on ${host} is in use by another program; stop that one or set ${setting} to another number.`;
  if (error.code === 'EACCES')
    return `This user may not listen on port ${port}; set ${setting} to a number above 1023.`;
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND')
    return `${host} is not an address of this machine; set HOST to one that is.`;
  return `Cannot listen on ${host}:${port} (${error.code ?? error.message}).`;
}

const RAW: Readonly<Record<string, readonly [status: string, code: string, title: string]>> = {
  HPE_HEADER_OVERFLOW: [
    '431 Request Header Fields Too Large',
    'headers.too-large',
    'The headers are too large.',
  ],
  HPE_INVALID_URL: ['400 Bad Request', 'request.malformed', ADDRESS_NOT_ENCODED],
  ERR_HTTP_REQUEST_TIMEOUT: [
    '408 Request Timeout',
    'request.timeout',
    'The request took too long to arrive.',
  ],
};

/** What the HTTP parser cannot read never becomes a request; it is answered on the bare connection. */
function refuseRaw(error: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy();
  const [line, code, title] = RAW[error.code ?? ''] ?? [
    '400 Bad Request',
    'request.malformed',
    'The request is not well-formed HTTP.',
  ];
  const status = Number(line.slice(0, 3));
  const body = JSON.stringify({ type: `urn:shouwen:problem:${code}`, title, status, code });
  socket.end(
    `HTTP/1.1 ${line}\r\ncontent-type: application/problem+json\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}
