export { DirectoryFiles } from './directory-files.js';
export * from './embedded-engine.js';
export { INSERT_COMMIT, INSERT_EVENT, LOG_SCHEMA } from './embedded-log.js';
export { RealTime } from '@shouwen/engine';
export { TrainingTime } from './time.js';
export {
  StoppedInstallation,
  type KeptKey,
  type KeptRow,
  type WholeCommit,
} from './stopped-installation.js';
export { RestoredFiles, servicesIn } from './restored-files.js';
