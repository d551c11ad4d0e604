// `npm run shouwen`: what is done to an installation from outside, each as a command of its own.
import { Command } from 'commander';
import { acceptRestoreCommand } from './accept-restore.js';
import { migrateCommand } from './migrate.js';
import { isForPeople } from './settings.js';

const program = new Command('npm run shouwen --')
  .description('Looks after an installation of Shouwen. 维护一套首问系统。')
  .addCommand(migrateCommand())
  .addCommand(acceptRestoreCommand());

try {
  await program.parseAsync();
} catch (error) {
  if (!isForPeople(error) || process.env['SHOUWEN_DEBUG']) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
