/** One thing that is wrong with a pack, so that its author finds it without reading code. */
export interface PackFault {
  /** Path of the file. */
  readonly file: string;
  /** Id of the entry, or `-` where the file as a whole is wrong. */
  readonly entry: string;
  readonly field: string;
  /** Stable name of the rule: `unknown-key`, `unit.missing`, `clause.unknown`, … */
  readonly rule: string;
  readonly message: string;
}

/** The packs cannot be used. Lists every fault at once, each with file, entry, field and rule. */
export class InvalidPacks extends Error {
  constructor(readonly faults: readonly PackFault[]) {
    super(
      `The standards packs have ${faults.length} fault(s):\n${faults
        .map((f) => `  ${f.file}: ${f.entry}: ${f.field}: ${f.message} [${f.rule}]`)
        .join('\n')}`,
    );
    this.name = 'InvalidPacks';
  }
}
