import { run } from '@shouwen/host';

await run([]);
