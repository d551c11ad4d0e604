import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One measured number beside its baseline of the same run. `ratio` is what the target speaks of, where there is one. */
export interface Figure {
  readonly id: string;
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly baseline: number | null;
  readonly ratio: number | null;
  /** Null: the line shows what bounds another one. */
  readonly target: number | null;
}

const ROUNDS = 5;

/** Runs measured and baseline turn by turn, so that both see the same machine, and takes the medians. Per second. */
export async function rounds<Prepared>(options: {
  measured: (prepared: Prepared) => Promise<void>;
  /** Made anew for each side of each round, outside what is measured. */
  prepare: () => Prepared;
  baseline: (prepared: Prepared) => void | Promise<void>;
  total: number;
}): Promise<Pick<Figure, 'value' | 'baseline' | 'ratio'>> {
  const { measured, prepare, baseline, total } = options;
  const values: number[] = [];
  const bases: number[] = [];
  for (let i = 0; i <= ROUNDS; i++) {
    const [forBase, forOwn] = [prepare(), prepare()];
    const base = await seconds(() => baseline(forBase));
    const own = await seconds(() => measured(forOwn));
    // The first round warms up both sides.
    if (i > 0) {
      bases.push(total / base);
      values.push(total / own);
    }
  }
  const value = median(values);
  const base = median(bases);
  return {
    value: Math.round(value),
    baseline: Math.round(base),
    ratio: Math.round((value / base) * 100) / 100,
  };
}

export async function seconds(work: () => void | Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}

/** `share` 0 to 1; 0 where there is nothing. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

export async function inDirectory<T>(work: (directory: string) => Promise<T>): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), 'shouwen-bench-'));
  try {
    return await work(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
