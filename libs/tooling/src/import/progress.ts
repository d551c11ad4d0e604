import { Presets, SingleBar } from 'cli-progress';

/** Shows how far a long job is: a bar on a terminal, a line every few seconds elsewhere. */
export interface Progress {
  at(done: number, total: number, note?: string): void;
  /** A line above the bar. */
  tell(line: string): void;
  stop(): void;
}

const LINE_EVERY_MS = 5_000;

export function progressOn(stream: NodeJS.WriteStream, what: string): Progress {
  return stream.isTTY ? bar(stream, what) : lines(stream, what);
}

function bar(stream: NodeJS.WriteStream, what: string): Progress {
  const single = new SingleBar(
    { stream, format: `${what} {bar} {value}/{total} {note}`, hideCursor: true },
    Presets.shades_classic,
  );
  let isStarted = false;
  return {
    at(done, total, note = '') {
      if (!isStarted) single.start(total, done, { note });
      isStarted = true;
      single.setTotal(total);
      single.update(done, { note });
    },
    tell(line) {
      stream.write(`\r\x1b[K${line}\n`);
    },
    stop() {
      if (isStarted) single.stop();
    },
  };
}

function lines(stream: NodeJS.WriteStream, what: string): Progress {
  let last = Date.now();
  let latest = '';
  return {
    at(done, total, note = '') {
      latest = `${what} ${done}/${total} ${note}`.trimEnd();
      if (Date.now() - last < LINE_EVERY_MS) return;
      last = Date.now();
      stream.write(`${latest}\n`);
    },
    tell(line) {
      stream.write(`${line}\n`);
    },
    stop() {
      if (latest) stream.write(`${latest}\n`);
    },
  };
}
