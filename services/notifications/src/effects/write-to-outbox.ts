// The file outbox: one JSON file per attempt in one directory. Whoever really sends (a gateway, a script, a person)
// takes the files from there. The file is named after the attempt, so the same attempt made again after a kill
// replaces its own file by the same content, and a reader never sees half a file.
import { mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { defineEffect, isUuid } from '@shouwen/engine';
import { MessageQueued, MessageRetried } from '@shouwen/contracts';
import { BeginAttempt } from '../message/begin-attempt.js';
import { RecordDelivery } from '../message/record-delivery.js';
import { RecordFailure } from '../message/record-failure.js';

export const writeToOutbox = (directory: string) =>
  defineEffect({
    name: 'write-to-outbox',
    on: [MessageQueued, MessageRetried],
    attempt: ({ data: { messageId } }, _context, attemptId) =>
      BeginAttempt.of({ messageId, attemptId }),
    perform: async ({ data, occurredAt }, attemptId) => {
      const { messageId, ticketId, number, kind, staff, posts, textEn, textZh, dueAt } = data;
      const letter = {
        attemptId,
        messageId,
        ticketId,
        number,
        kind,
        to: { staff, posts },
        text: { en: textEn, zh: textZh },
        ...(dueAt ? { dueAt } : {}),
        queuedAt: occurredAt,
      };
      try {
        const receipt = await writeWhole(directory, attemptId, letter);
        return RecordDelivery.of({ messageId, attemptId, receipt });
      } catch (error) {
        const because = codeOf(error);
        if (!because) throw error;
        return RecordFailure.of({ messageId, attemptId, because });
      }
    },
  });

/** Durable before it is visible: content to disk, then the name, then the directory that holds the name. */
async function writeWhole(directory: string, attemptId: string, letter: object): Promise<string> {
  if (!isUuid(attemptId)) throw new TypeError('an attempt id must be a UUID to name a file');
  await mkdir(directory, { recursive: true });
  const name = `${attemptId}.json`;
  const unfinished = join(directory, `.${name}.part`);
  const file = await open(unfinished, 'w', 0o600);
  try {
    await file.writeFile(`${JSON.stringify(letter, null, 2)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(unfinished, join(directory, name));
  await syncDirectory(directory);
  return name;
}

async function syncDirectory(directory: string): Promise<void> {
  const folder = await open(directory, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** The operating system's code only: its sentence names paths of this machine. Null: it was no fault of the disk. */
const codeOf = (error: unknown): string | null => {
  const { code, errno } = (error ?? {}) as { code?: unknown; errno?: unknown };
  return typeof errno === 'number' && typeof code === 'string' ? code : null;
};
