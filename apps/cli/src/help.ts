import type { Command } from './command';

const EXIT_CODES = 'Exit codes: 0 done, 1 failed, 2 wrong command line, 78 settings or key ring not usable.';

/** What `help` alone shows. */
export function overview(commands: readonly Command[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  const list = commands.map(({ name, about }) => `  ${name.padEnd(width)}  ${about}`);
  return [
    "LXD Manager's command line for operators.",
    '',
    'Usage: npm run cli -- COMMAND [OPTIONS]',
    '',
    ...list,
    '',
    'More about one of them: npm run cli -- help COMMAND',
    EXIT_CODES,
  ].join('\n');
}

/** What `help COMMAND` and `COMMAND --help` show. */
export function commandHelp({ name, about, help }: Command): string {
  return [`${name}: ${about}`, '', ...help, '', EXIT_CODES].join('\n');
}
