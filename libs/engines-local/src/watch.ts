import { spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';

/** How the interface of a container runtime is reached. */
export interface RuntimeAddress {
  readonly socketPath?: string;
  readonly host?: string;
  readonly port?: number;
}

/** Something that must not outlive this process. */
export type Watched =
  | { readonly kind: 'process'; readonly of: number }
  | { readonly kind: 'folder'; readonly of: string }
  | {
      readonly kind: 'container';
      readonly of: { readonly where: RuntimeAddress; readonly label: string };
    };

let pipe: Socket | null = null;

/**
 * Has something ended when this process dies, even by SIGKILL: a watcher, one for each process, holds the other end
 * of a pipe. What is ended in order is crossed out, or the watcher would one day hit whoever got the number next.
 */
export function watch(watched: Watched): () => void {
  pipe ??= startWatcher();
  pipe.write(`${JSON.stringify(watched)}\n`);
  return () => void pipe?.write(`${JSON.stringify({ ...watched, isGone: true })}\n`);
}

function startWatcher(): Socket {
  const watcher = spawn(
    process.execPath,
    [fileURLToPath(new URL('./watcher.mjs', import.meta.url))],
    {
      // In a session of its own: Ctrl-C and the end of a terminal are for the parent.
      detached: true,
      cwd: '/',
      stdio: ['pipe', 'ignore', 'ignore'],
    },
  );
  watcher.unref();
  const stdin = watcher.stdin as Socket;
  stdin.unref();
  // Whoever ended the watcher has taken over its work; that must not end the parent too.
  stdin.on('error', () => undefined);
  return stdin;
}
