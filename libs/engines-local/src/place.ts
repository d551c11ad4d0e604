/** Where servers came from, in the order in which it is tried. */
export type Origin = 'environment' | 'container' | 'local';

/** Hears in plain words what takes long and what had to be done instead. */
export type Tell = (line: string) => void;

/** What a server can be hit with. SIGSTOP leaves it alive and deaf: its connections stay open and nobody answers. */
export type Blow = 'SIGTERM' | 'SIGKILL' | 'SIGSTOP' | 'SIGCONT';

export interface Running {
  readonly pid: number;
  isAlive(): Promise<boolean>;
  hit(blow: Blow): Promise<void>;
}

/** Somewhere servers can be started: processes of this machine, or processes inside one container. */
export interface Place {
  readonly origin: Exclude<Origin, 'environment'>;
  /** Everything the servers of this place write is below this folder. */
  readonly folder: string;
  /** What servers listen on so that 127.0.0.1 of this machine reaches them. */
  readonly listenOn: string;
  write(name: string, text: string): Promise<void>;
  makeFolder(name: string): Promise<void>;
  /** Runs to the end; throws with what was said where it fails. */
  run(command: readonly string[]): Promise<void>;
  /** Starts something that stays, its output going to the file `log`. */
  start(command: readonly string[], log: string): Promise<Running>;
  /** The end of a file, for the sentence that says why a server did not start. */
  tail(name: string): Promise<string>;
  /** Ends every server and removes every file. */
  end(): Promise<void>;
}

export const lastLines = (text: string, count = 15): string =>
  text.trimEnd().split('\n').slice(-count).join('\n');
