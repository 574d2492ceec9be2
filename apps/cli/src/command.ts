import type { ParseArgsConfig } from 'node:util';
import type { Output } from './output';

/** The options a command takes, as node:util reads them. */
export type OptionSpec = NonNullable<ParseArgsConfig['options']>;

/** What an operator gave: options by name, and the environment they were given in. */
export interface Invocation {
  options: Readonly<Record<string, string | boolean | undefined>>;
  /** What stands without a dash in front. */
  words: readonly string[];
  environment: Readonly<Record<string, string | undefined>>;
  input: NodeJS.ReadStream;
  output: Output;
}

/** One command of the operator's command line. */
export interface Command {
  /** One or two words. */
  name: string;
  about: string;
  /** Lines for the help text, one an option. */
  help: readonly string[];
  options: OptionSpec;
  /** How many words without a dash it takes at most; none unless it says so. */
  words?: number;
  /** Resolves to the exit code. */
  run: (invocation: Invocation) => Promise<number>;
}

/** Exit codes; 78 is EX_CONFIG of sysexits.h. */
export const ExitCode = { ok: 0, failed: 1, usage: 2, settings: 78 } as const;

/** The command line itself is wrong; shown with a hint at the help text. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Something that the operator can do something about: shown as a sentence, without a stack. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}
