export * from './standards.js';
export { loadPacks, loadStandards } from './load.js';
export type { LoadOptions, PackSet } from './load.js';
export { makeStandards } from './book.js';
export { InvalidPacks } from './pack-faults.js';
export type { PackFault } from './pack-faults.js';
export { ENTRY_KINDS, idOf } from './pack.js';
export type { EntryKind, Pack } from './pack.js';
