export * from './command.js';
export * from './consumer.js';
export * from './errors.js';
export * from './event.js';
export * from './personal.js';
export * from './ports.js';
export * from './service.js';
