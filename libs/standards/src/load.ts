import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { makeStandards } from './book.js';
import { InvalidPacks } from './pack-faults.js';
import type { Clauses, Pack } from './pack.js';
import { readClauses, readPacks } from './read-packs.js';
import type { Standards } from './standards.js';
import { faultsOf } from './validate-packs.js';

/** The packs that ship with the product. */
export const SHIPPED_PACKS = fileURLToPath(new URL('../../standards-packs/', import.meta.url));

export interface LoadOptions {
  /** Mounted folders of packs, later ones over earlier ones, all over the shipped packs. */
  readonly folders?: readonly string[];
  /** Folder with the shipped packs and the clause catalogue; absent, the product's own. */
  readonly shipped?: string;
}

/** Packs as they stand on disk, checked, with the catalogue they cite. */
export interface PackSet {
  readonly packs: readonly Pack[];
  readonly clauses: Clauses;
}

/**
 * Reads and checks all packs. A pack in a mounted folder replaces every edition of the pack with the same id in
 * the folders before it; a pack with a new id becomes one more layer.
 *
 * @throws InvalidPacks listing every fault with file, entry, field and rule.
 */
export async function loadPacks(options: LoadOptions = {}): Promise<PackSet> {
  const { folders = [], shipped = SHIPPED_PACKS } = options;
  const clauses = await readClauses(join(shipped, 'clauses.csv'));
  let packs: readonly Pack[] = [];
  const faults = [];
  for (const folder of [shipped, ...folders]) {
    const read = await readPacks(folder);
    faults.push(...read.faults);
    const ids = new Set(read.packs.map((pack) => pack.id));
    packs = [...packs.filter((pack) => !ids.has(pack.id)), ...read.packs];
  }
  if (!faults.length) faults.push(...faultsOf(packs, clauses));
  if (faults.length) throw new InvalidPacks(faults);
  return { packs, clauses };
}

/**
 * The service standards: shipped packs with the mounted ones laid over them. Reads the disk once.
 *
 * @throws InvalidPacks listing every fault with file, entry, field and rule.
 */
export async function loadStandards(options: LoadOptions = {}): Promise<Standards> {
  const { packs, clauses } = await loadPacks(options);
  return makeStandards(packs, clauses);
}
