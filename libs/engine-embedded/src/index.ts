export * from './embedded-engine.js';
export { RealTime, TrainingTime } from './time.js';
