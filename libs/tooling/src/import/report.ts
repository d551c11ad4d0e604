import type { Counts, Rejection } from './counts.js';
import type { Imported } from './import-file.js';
import { BadMap } from './map.js';
import { PlatformAway } from './platform.js';

/** The platform that the environment names, and as whom we come. */
export function whoAndWhere(): { url: string; user: string; password: string } {
  const { SHOUWEN_URL, SHOUWEN_USER, ADMIN_PASSWORD } = process.env;
  if (!ADMIN_PASSWORD)
    throw new PlatformAway(
      'set ADMIN_PASSWORD to the password of SHOUWEN_USER (default admin) 请设置 ADMIN_PASSWORD',
    );
  return {
    url: SHOUWEN_URL ?? 'http://127.0.0.1:3000',
    user: SHOUWEN_USER ?? 'admin',
    password: ADMIN_PASSWORD,
  };
}

/** The file that was named cannot be read. */
const FILE_FAULTS = ['ENOENT', 'EISDIR', 'EACCES'];

/** Errors whose message is written for whoever typed the command. */
export const isForPeople = (error: unknown): error is Error =>
  error instanceof BadMap ||
  error instanceof PlatformAway ||
  (error instanceof Error && 'code' in error && FILE_FAULTS.includes(String(error.code)));

/** What an import came to, for people. */
export function report({ account, typedBy, skippedBecause }: Imported, counts: Counts): void {
  const rejections = [...account.rejections].sort((a, b) => a.line - b.line);
  if (rejections.length) console.log('rejected lines 被拒绝的行：');
  rejections.forEach((rejection) => console.log(rejectionLine(rejection)));
  for (const [because, lines] of Object.entries(skippedBecause))
    console.log(`skipped ${lines}: ${because}`);
  for (const [by, tickets] of Object.entries(typedBy)) console.log(`ticket type ${tickets}: ${by}`);
  console.log(
    `read ${counts.read} = opened ${counts.opened} + joined ${counts.joined} + ` +
      `skipped ${counts.skipped} + rejected ${counts.rejected}`,
  );
}

const rejectionLine = ({ line, field, reason }: Rejection) => `  line ${line}  ${field}: ${reason}`;
