import { statSync } from 'node:fs';
import { InvalidPacks } from '@shouwen/standards';
import { play } from './play.js';
import { printed } from './printed.js';

/** What the command says of a folder, and its exit code: 1 an own scenario does not hold, 2 unreadable packs. */
export async function answerFor(folder: string): Promise<{ code: 0 | 1 | 2; says: string }> {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    return { code: 2, says: `${folder} is no folder. 该目录不存在。` };
  try {
    const outcome = await play(folder);
    if (outcome.packs.length > 0)
      return { code: outcome.failed.length > 0 ? 1 : 0, says: printed(outcome) };
    return {
      code: 2,
      says: `${folder} has no pack: none of its folders has a pack.yaml. 目录中没有规范包。`,
    };
  } catch (error) {
    if (!(error instanceof InvalidPacks)) throw error;
    return { code: 2, says: error.message };
  }
}
