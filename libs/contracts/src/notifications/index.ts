export * from './message-queued.js';
export * from './message-attempted.js';
export * from './message-delivered.js';
export * from './message-failed.js';
export * from './message-retried.js';
