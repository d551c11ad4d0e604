export * from './kafka-engine.js';
export { SharedClock } from './shared-clock.js';
