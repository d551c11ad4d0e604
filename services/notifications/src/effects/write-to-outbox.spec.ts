import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  aContext,
  aMessageQueued,
  aMessageRetried,
  ATTEMPT,
  DUE,
  MESSAGE,
  recorded,
  SECOND_ATTEMPT,
  TICKET,
} from '../../test/build.js';
import { BeginAttempt } from '../message/begin-attempt.js';
import { RecordDelivery } from '../message/record-delivery.js';
import { RecordFailure } from '../message/record-failure.js';
import { writeToOutbox } from './write-to-outbox.js';

let base: string;
let outbox: string;
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'shouwen-outbox-'));
  outbox = join(base, 'outbox');
});
afterEach(() => rm(base, { recursive: true, force: true }));

const queued = recorded(aMessageQueued());
const send = (attemptId = ATTEMPT) => writeToOutbox(outbox).perform(queued, attemptId, aContext());

describe('write to the outbox', () => {
  it('commits the attempt under the id that names the file', () =>
    expect(writeToOutbox(outbox).attempt(queued, aContext(), ATTEMPT)).toEqual(
      BeginAttempt.of({ messageId: MESSAGE, attemptId: ATTEMPT }),
    ));

  it('writes one file that holds all the recipient needs', async () => {
    expect(await send()).toEqual(
      RecordDelivery.of({ messageId: MESSAGE, attemptId: ATTEMPT, receipt: `${ATTEMPT}.json` }),
    );
    expect(await readdir(outbox)).toEqual([`${ATTEMPT}.json`]);
    expect(JSON.parse(await readFile(join(outbox, `${ATTEMPT}.json`), 'utf8'))).toEqual({
      attemptId: ATTEMPT,
      messageId: MESSAGE,
      ticketId: TICKET,
      number: 'H260115-7K2M9QX4',
      kind: 'clock-breached',
      to: { staff: '2001', posts: ['head-of-station'] },
      text: { en: queued.data.textEn, zh: queued.data.textZh },
      dueAt: DUE,
      queuedAt: queued.occurredAt,
    });
  });

  it('leaves the same single file when the attempt is made again after a kill', async () => {
    await send();
    const before = await readFile(join(outbox, `${ATTEMPT}.json`), 'utf8');
    await writeFile(join(outbox, `.${ATTEMPT}.json.part`), '{"half": ');
    await send();
    expect(await readdir(outbox)).toEqual([`${ATTEMPT}.json`]);
    expect(await readFile(join(outbox, `${ATTEMPT}.json`), 'utf8')).toBe(before);
  });

  it('writes another file for another attempt', async () => {
    await send();
    await writeToOutbox(outbox).perform(recorded(aMessageRetried()), SECOND_ATTEMPT, aContext());
    expect((await readdir(outbox)).sort()).toEqual([`${ATTEMPT}.json`, `${SECOND_ATTEMPT}.json`]);
  });

  it('records why the disk did not take it, without naming its paths', async () => {
    await writeFile(outbox, 'a file where the directory belongs');
    expect(await send()).toEqual(
      RecordFailure.of({ messageId: MESSAGE, attemptId: ATTEMPT, because: 'EEXIST' }),
    );
  });

  it('names no file after anything but an attempt id', async () => {
    await expect(send('../../elsewhere')).rejects.toThrow('UUID');
  });
});
