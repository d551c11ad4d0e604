import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse as parseCsv } from 'csv-parse/sync';
import { parse as parseYaml } from 'yaml';
import { loadPacks, proofsOf, readScenarios } from '@shouwen/standards';
import type { PackSet, Proof, Scenario, Words } from '@shouwen/standards';
import { packsFolder } from '@shouwen/standards-packs';

/** What clause-states.yaml says of one row. */
export type Said =
  | 'executable'
  | { readonly kept: readonly string[]; readonly shown: readonly string[] }
  | { readonly needs: string };

export interface States {
  readonly needs: Readonly<Record<string, Words>>;
  readonly clauses: Readonly<Record<string, Said>>;
}

/** A row of the clause catalogue as it stands in the CSV. */
export interface Row {
  readonly id: string;
  readonly clause: string;
  readonly utility: string;
  readonly tier: string;
  readonly canonical_rule: string;
  readonly system_must: string;
  readonly value_basis: string;
  readonly owner_service: string;
}

/** One row with its state and what stands behind it. */
export interface ClauseLine {
  readonly row: Row;
  readonly state: 'executable' | 'open';
  /** Entries and strategies that cite it, then the files that keep it. */
  readonly by: readonly string[];
  /** Scenarios that fail without an entry, then specs of the files. */
  readonly scenarios: readonly string[];
  readonly proofs: readonly Proof[];
  readonly needs?: Words;
}

/** Everything that the state of a row is worked out from. */
export interface Evidence {
  readonly rows: readonly Row[];
  readonly states: States;
  readonly proofs: readonly Proof[];
}

export async function readEvidence(): Promise<
  Evidence & PackSet & { scenarios: readonly Scenario[] }
> {
  const csv = await readFile(join(packsFolder, 'clauses.csv'), 'utf8');
  const rows = parseCsv(csv, { columns: true, bom: true }) as Row[];
  const yaml = await readFile(join(import.meta.dirname, 'clause-states.yaml'), 'utf8');
  const states = parseYaml(yaml) as States;
  const packs = await loadPacks({ shipped: packsFolder });
  const scenarios = await readScenarios(packsFolder);
  return { ...packs, rows, states, scenarios, proofs: proofsOf(packs, scenarios) };
}

export function clauseLines({ rows, states, proofs }: Evidence): readonly ClauseLine[] {
  return rows.map((row) => {
    const said = states.clauses[row.id];
    const cited = proofs.filter(({ clauses }) => clauses.includes(row.id));
    const kept = typeof said === 'object' && 'kept' in said ? said : { kept: [], shown: [] };
    const needs =
      typeof said === 'object' && 'needs' in said ? states.needs[said.needs] : undefined;
    const fails = cited.flatMap(({ scenarios }) => scenarios);
    return {
      row,
      state: said === 'executable' || kept.kept.length > 0 ? 'executable' : 'open',
      by: [...cited.map(({ name }) => name), ...kept.kept],
      scenarios: [...new Set([...fails, ...kept.shown])],
      proofs: cited,
      ...(needs ? { needs } : {}),
    };
  });
}
