import { readFileSync } from 'node:fs';

/** Every fault of the settings at once, without any value. */
export class SettingsError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`The settings are not usable:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.name = 'SettingsError';
  }
}

/** One setting: its variable, what it is without one, and how its text becomes a value. */
export interface Setting<T> {
  variable: string;
  fallback: T | undefined;
  /** Returns the value, or throws an Error whose message says what the text must be, without repeating it. */
  parse: (text: string) => T;
}

/** The environment that settings are read from. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The settings of a process as a table: which variable gives which value. */
export type SettingsOf<Spec extends Record<string, Setting<unknown>>> = {
  [Name in keyof Spec]: Spec[Name] extends Setting<infer T> ? T : never;
};

/**
 * Reads the settings of a process from the environment; `NAME_FILE` names a file that holds the value of `NAME`.
 * @throws SettingsError that names every fault at once
 */
export function readSettings<Spec extends Record<string, Setting<unknown>>>(
  spec: Spec,
  environment: Environment = process.env,
): SettingsOf<Spec> {
  const faults: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, entry] of Object.entries(spec)) {
    try {
      const text = textOf(entry.variable, environment);
      if (text === undefined && entry.fallback === undefined) throw new Error('is needed and not set');
      values[name] = text === undefined ? entry.fallback : entry.parse(text);
    } catch (error) {
      faults.push(`${entry.variable} ${error instanceof Error ? error.message : 'cannot be read'}`);
    }
  }
  if (faults.length > 0) throw new SettingsError(faults);
  return values as SettingsOf<Spec>;
}

/** The kinds of settings there are. */
export const setting = {
  /** Any text that is not empty. */
  text: (variable: string, fallback?: string): Setting<string> => ({ variable, fallback, parse: (text) => text }),
  /** Text that may be left out. */
  optional: (variable: string): Setting<string | null> => ({ variable, fallback: null, parse: (text) => text }),
  /** A TCP or UDP port, 0 to 65535; 0 lets the system choose. */
  port: (variable: string, fallback?: number): Setting<number> => ({
    variable,
    fallback,
    parse: (text) => whole(text, 0, 65_535),
  }),
  /** A whole number within bounds. */
  number: (variable: string, bounds: { min: number; max: number; fallback?: number }): Setting<number> => ({
    variable,
    fallback: bounds.fallback,
    parse: (text) => whole(text, bounds.min, bounds.max),
  }),
  /** A URL of one of the schemes, such as `postgres:`. */
  url: (variable: string, schemes: readonly string[], fallback?: string): Setting<string> => ({
    variable,
    fallback,
    parse: (text) => {
      const scheme = URL.canParse(text) ? new URL(text).protocol : '';
      if (!schemes.includes(scheme))
        throw new Error(`must be a URL that begins with ${schemes.map((s) => `${s}//`).join(' or ')}`);
      return text;
    },
  }),
  /** Anything with a rule of its own: `parse` returns undefined when the text is not `form`. */
  of: <T>(variable: string, form: string, parse: (text: string) => T | undefined, fallback?: T): Setting<T> => ({
    variable,
    fallback,
    parse: (text) => {
      const value = parse(text);
      if (value === undefined) throw new Error(`must be ${form}`);
      return value;
    },
  }),
};

function textOf(variable: string, environment: Environment): string | undefined {
  const file = environment[`${variable}_FILE`];
  const direct = environment[variable]?.trim();
  if (direct && file) throw new Error(`is set twice: as ${variable} and as ${variable}_FILE`);
  if (!file) return direct || undefined;
  let text: string;
  try {
    text = readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw new Error(`_FILE cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown error'})`, {
      cause: error,
    });
  }
  if (text === '') throw new Error('_FILE is empty');
  return text;
}

function whole(text: string, min: number, max: number): number {
  const value = /^\d{1,15}$/.test(text) ? Number(text) : NaN;
  if (!(value >= min && value <= max)) throw new Error(`must be a whole number from ${min} to ${max}`);
  return value;
}
