import { KeyRingError, WrongKeyRingError } from '@lxdm/crypto';
import { SettingsError } from '@lxdm/runtime';
import { parseArgs } from 'node:util';
import { Command, ExitCode, Invocation, Refusal, UsageError } from './command';
import { commands } from './commands';
import { databaseTrouble } from './database';
import { commandHelp, overview } from './help';

/** Runs one command line; resolves to its exit code. What nobody expected is thrown. */
export async function run(words: readonly string[], context: Omit<Invocation, 'options' | 'words'>): Promise<number> {
  const { output } = context;
  try {
    const [first = 'help'] = words;
    if (first === 'help' || first === '--help' || first === '-h') {
      const about = words[1] === undefined ? undefined : find(words.slice(1)).command;
      output.result(about ? commandHelp(about) : overview(commands));
      return ExitCode.ok;
    }
    const { command, rest } = find(words);
    const { options, words: given } = parse(command, rest);
    if (options['help'] === true) {
      output.result(commandHelp(command));
      return ExitCode.ok;
    }
    return await command.run({ ...context, options, words: given });
  } catch (error) {
    const known = explain(error);
    if (!known) throw error;
    output.remark(known.message);
    return known.code;
  }
}

/** The command with the longest name that the words begin with. */
function find(words: readonly string[]): { command: Command; rest: readonly string[] } {
  for (const length of [2, 1]) {
    const name = words.slice(0, length).join(' ');
    const command = commands.find((candidate) => candidate.name === name);
    if (command) return { command, rest: words.slice(length) };
  }
  throw new UsageError(`There is no command "${words[0] ?? ''}".`);
}

function parse(command: Command, words: readonly string[]): Pick<Invocation, 'options' | 'words'> {
  try {
    const options = { ...command.options, help: { type: 'boolean', short: 'h' } } as const;
    const most = command.words ?? 0;
    const { values, positionals } = parseArgs({ args: [...words], options, strict: true, allowPositionals: most > 0 });
    if (positionals.length > most) throw new UsageError(`"${positionals[most] ?? ''}" is one word too many.`);
    return { options: values as Invocation['options'], words: positionals };
  } catch (error) {
    // parseArgs throws errors whose sentences are meant for whoever typed the command.
    const { code, message } = error as NodeJS.ErrnoException;
    if (code?.startsWith('ERR_PARSE_ARGS_')) throw new UsageError(message, { cause: error });
    throw error;
  }
}

function explain(error: unknown): { message: string; code: number } | undefined {
  if (error instanceof UsageError)
    return { message: `${error.message}\nSee: npm run cli -- help`, code: ExitCode.usage };
  if (error instanceof SettingsError || error instanceof KeyRingError || error instanceof WrongKeyRingError)
    return { message: error.message, code: ExitCode.settings };
  if (error instanceof Refusal) return { message: error.message, code: ExitCode.failed };
  const trouble = databaseTrouble(error);
  return trouble === undefined ? undefined : { message: trouble, code: ExitCode.failed };
}
