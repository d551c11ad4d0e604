// `npm run scenario -- PACKDIR`: plays a company's own packs with the shipped scenarios and its own.
import { Command } from 'commander';
import { answerFor } from './answer.js';

const program = new Command('npm run scenario --')
  .description(
    'Lays packs over the shipped ones, plays the shipped scenarios and those of the folder, and says what differs.\n' +
      '将自有规范包叠加在自带规范之上，运行自带场景与自有场景，并说明差异。',
  )
  .argument('<PACKDIR>', 'folder of packs, as for STANDARDS_DIR 规范包目录')
  .addHelpText(
    'after',
    '\nExit code: 0 all own scenarios hold; 1 one of them does not; 2 the packs cannot be read.\n' +
      '退出码：0 自有场景全部通过；1 有自有场景未通过；2 规范包无法读取。',
  )
  .action(async (folder: string) => {
    const { code, says } = await answerFor(folder);
    if (code === 2) console.error(`scenario: ${says}`);
    else console.log(says);
    process.exitCode = code;
  });

await program.parseAsync();
