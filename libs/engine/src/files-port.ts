// The port of files, and that of the stores behind it. The first is written once, in files.ts; each engine brings the
// second.

/** Where a file is. What people call it is personal and stands, sealed, in the event that refers to it. */
export interface FileAddress {
  readonly tenant: string;
  /** The person it is of: erased with their key. */
  readonly subject: string;
  /** Chosen by the caller, so that what is sent again is the same file. */
  readonly id: string;
}

export interface FileDocument extends FileAddress {
  /** Content type, one of `FILE_TYPES`. */
  readonly type: string;
  /** Bytes of the content. */
  readonly size: number;
  /** Lower-case hex SHA-256 of the sealed bytes: evidence in an event, and no fingerprint of the content. */
  readonly sha256: string;
  /** When it was put. */
  readonly at: string;
}

export interface NewFile extends FileAddress {
  readonly type: string;
  readonly size: number;
  /** Most bytes the caller lets through, where that is less than `LARGEST_FILE`. */
  readonly limit?: number;
}

/** Photos, signatures, recordings: put first, then named by an event. What no event names is an orphan. */
export interface Files {
  readonly store: FileStore;
  /**
   * Seals and keeps it, or answers the one that is there if its content is the same. Throws Invalid (`file.too-large`,
   * `file.type`, `file.size`, `file.address`), Rejected (`file.exists`, `subject.erased`) or Unavailable.
   */
  put(file: NewFile, content: AsyncIterable<Uint8Array>): Promise<FileDocument>;
  /**
   * The content, each piece checked before it is handed on; Corrupt where it is not what was put, or not the file of
   * which an event said `sha256`. Throws NotFound (`file.not-found`), Rejected (`subject.erased`) or Unavailable.
   */
  get(
    address: FileAddress,
    sha256?: string,
  ): Promise<{ readonly document: FileDocument; readonly content: AsyncIterable<Uint8Array> }>;
  /** Needs no key: the document of an erased person's file can be had until the file is removed. */
  find(address: FileAddress): Promise<FileDocument | null>;
  remove(address: FileAddress): Promise<void>;
  /** All files of a person, in all tenants; answers how many there were. For after their key is erased. */
  removeOf(subject: string): Promise<number>;
  list(): AsyncIterable<FileDocument>;
  /** Removes what was put before an instant and is not referred to, and whatever is of erased persons; answers it. */
  sweep(options: {
    readonly before: string;
    readonly isReferred: (file: FileDocument) => Promise<boolean>;
  }): Promise<readonly FileDocument[]>;
  /** Tries on the store what files rest on; throws Refused with a sentence, or Unavailable. */
  prove(): Promise<void>;
}

/** Keeps sealed bytes at places and knows nothing of what is in them. Unavailable where it is away. */
export interface FileStore {
  /** For sentences: `the folder /data/files`. */
  readonly name: string;
  /**
   * All of it or nothing, durable on return. False: something is there already, and stays as it is. The content is
   * read to its end in both cases.
   */
  put(place: string, content: AsyncIterable<Uint8Array>, size: number): Promise<boolean>;
  /** Bytes from `from` to before `to`, else all; `size` is of the whole. Null: nothing is there. */
  read(
    place: string,
    range?: { readonly from: number; readonly to: number },
  ): Promise<{ readonly size: number; readonly content: AsyncIterable<Uint8Array> } | null>;
  /** Does nothing where nothing is. */
  remove(place: string): Promise<void>;
  /** Places in order, those that begin with `prefix`, after `after`. */
  list(options?: { readonly prefix?: string; readonly after?: string }): AsyncIterable<string>;
  /** Removes what puts that never came to their end left behind more than a day ago. */
  tidy(): Promise<void>;
}
