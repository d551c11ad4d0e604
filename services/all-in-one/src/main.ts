import { join } from 'node:path';
import { audit } from '@shouwen/audit';
import { dispatch } from '@shouwen/dispatch';
import { run } from '@shouwen/host';
import { intake } from '@shouwen/intake';
import { notifications } from '@shouwen/notifications';
import { sampleCity } from './sample-city.js';

await run(
  ({ dataDir }) => [intake, dispatch, notifications({ outbox: join(dataDir, 'outbox') }), audit],
  { firstStart: (send, services) => sampleCity(services)(send) },
);
