// Lints texts as if they stood at the given paths: JSON in, JSON out. A process of its own, because ESLint and the
// compiler behind it load in a second here and in ten inside the test runner.
import { text } from 'node:stream/consumers';
import { resolve } from 'node:path';
import { ESLint } from 'eslint';

// The boundary rule keeps the project graph in memory only when it believes to be run by ESLint's own command.
process.argv[1] = resolve('node_modules/eslint/bin/eslint.js');

// A path that names no file is in no TypeScript project, so the rules that need types are off there.
const untyped = {
  files: ['**/breach*.ts', '**/breach/**/*.ts'],
  languageOptions: { parserOptions: { projectService: false } },
  rules: {
    '@typescript-eslint/no-floating-promises': 'off',
    '@typescript-eslint/no-misused-promises': 'off',
    '@typescript-eslint/switch-exhaustiveness-check': 'off',
  },
};

const eslint = new ESLint({ overrideConfig: [untyped], warnIgnored: true });
const answers = [];
for (const { path, source } of JSON.parse(await text(process.stdin))) {
  const [result] = await eslint.lintText(source, { filePath: path });
  answers.push(result.messages.map(({ ruleId, message }) => ({ rule: ruleId, message })));
}
process.stdout.write(JSON.stringify(answers));
