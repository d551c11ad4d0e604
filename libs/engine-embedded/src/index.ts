export * from './embedded-engine.js';
export { INSERT_COMMIT, INSERT_EVENT, LOG_SCHEMA } from './embedded-log.js';
export { RealTime, TrainingTime } from './time.js';
