import 'reflect-metadata';

export type { Send } from './accounts.js';
export { configurationOf, type Configuration } from './configuration.js';
export { fileStoreOf } from './file-settings.js';
export { HELP } from './help.js';
export { METRICS, type Metric } from './metric-list.js';
export { chosenServices } from './chosen-services.js';
export { startHost, type Host, type HostOptions } from './host.js';
export { run, type RunOptions } from './run.js';
