import { randomBytes } from 'node:crypto';
import { findS3 } from './found.js';
import type { Origin, Place } from './place.js';
import { freePorts } from './ports.js';
import { Server } from './server.js';
import { leaveAlone, startSomewhere } from './somewhere.js';
import { tellOnce } from './telling.js';

/** A store that speaks S3. It may be shared with others: use a prefix of your own. */
export interface S3Address {
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly accessKey: string;
  readonly secretKey: string;
  readonly origin: Origin;
  /** Ends what was started; leaves alone what was given. */
  end(): Promise<void>;
}

/** One of one's own, to be stopped and killed at will. */
export interface S3Server extends S3Address {
  readonly server: Server;
}

const BUCKET = 'files';
const REGION = 'us-east-1';

/** The store that the environment names (SHOUWEN_S3), else one of our own. */
export async function s3(): Promise<S3Address> {
  const named = process.env['SHOUWEN_S3'];
  if (!named) return ownS3();
  const { origin: endpoint, username, password, pathname, searchParams } = new URL(named);
  return {
    ...{ endpoint, bucket: pathname.slice(1), region: searchParams.get('region') ?? REGION },
    ...{ accessKey: decodeURIComponent(username), secretKey: decodeURIComponent(password) },
    ...{ origin: 'environment', end: async () => undefined },
  };
}

/** Versity's gateway over a folder, with one bucket; it checks signatures and conditions. A process of this machine. */
export async function ownS3(): Promise<S3Server> {
  leaveAlone('SHOUWEN_S3', tellOnce);
  const [port] = (await freePorts(1)) as [number];
  const wanted = { what: 'S3', image: '', ports: [port], places: ['local'] as const };
  return startSomewhere({ ...wanted, tell: tellOnce }, async (place) => start(place, port));
}

async function start(place: Place, port: number): Promise<S3Server> {
  const program = await findS3(tellOnce);
  const [accessKey, secretKey] = [randomBytes(10), randomBytes(20)].map((key) =>
    key.toString('hex'),
  ) as [string, string];
  const address = `127.0.0.1:${port}`;
  const endpoint = `http://${address}`;
  const [store, facts] = [`${place.folder}/store`, `${place.folder}/facts`];
  await place.makeFolder(`store/${BUCKET}`);
  await place.makeFolder('facts');
  const server = new Server({
    ...{ place, address, name: 'versitygw' },
    command: [
      ...[program, '--quiet', '--port', address, '--region', REGION],
      ...['--access', accessKey, '--secret', secretKey],
      // Beside the objects: not every folder for temporary files can hold attributes.
      ...['posix', '--sidecar', facts, store],
    ],
    answers: async () =>
      fetch(`${endpoint}/${BUCKET}`).then(
        ({ status }) => status === 403,
        () => false,
      ),
  });
  await server.start();
  return {
    ...{ endpoint, bucket: BUCKET, region: REGION, accessKey, secretKey, server },
    ...{ origin: place.origin, end: () => place.end() },
  };
}
