/** The two languages that names and texts of packs come in. */
export interface Words {
  readonly en: string;
  readonly zh: string;
}

/** Which edition of which pack said it, and the clauses of the catalogue behind it. Stored in events. */
export interface PackRef {
  readonly pack: string;
  readonly version: string;
  /** SHA-256 of the pack's canonical content, hexadecimal. */
  readonly hash: string;
  readonly clauses: readonly string[];
}

/** The same for questions that are no clocks: `asOf` is the receipt of the ticket. */
export interface Matter {
  readonly utility: string;
  readonly typeCode: string;
  readonly category: string;
  readonly asOf: string;
}
