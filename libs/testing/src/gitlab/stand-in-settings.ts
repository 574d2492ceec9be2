import { randomBytes } from 'node:crypto';

/** What the stand-in is told at its start; everything has a default. */
export interface StandInOptions {
  /** 0 takes a free one. */
  readonly port?: number;
  /** A path prefix like `/gitlab`, for a GitLab under a relative URL. */
  readonly prefix?: string;
  readonly clientId?: string;
  readonly clientSecret?: string;
  /** A token of scope read_api that sees all groups. */
  readonly apiToken?: string;
  /** What a system hook shows in X-Gitlab-Token. */
  readonly hookToken?: string;
  /** What /control has to be shown. */
  readonly controlKey?: string;
  readonly redirectUris?: readonly string[];
  /** Who is there from the start; with `id` somebody is the same one after the next start. */
  readonly people?: readonly SeededPerson[];
  /** Members by name with their access level. */
  readonly groups?: readonly { readonly path: string; readonly members: Readonly<Record<string, number>> }[];
  /** Where changes are told by a system hook. */
  readonly hookUrl?: string;
}

/** Somebody who is there from the start. */
export interface SeededPerson {
  readonly username: string;
  readonly name?: string;
  readonly id?: number;
  /** Lines as in authorized_keys. */
  readonly keys?: readonly string[];
}

/** The same, complete. */
export interface StandInSettings {
  readonly prefix: string;
  /** The base URL without a slash at its end. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly apiToken: string;
  readonly hookToken: string;
  readonly controlKey: string;
  readonly redirectUris: Set<string>;
}

/** Fills in what was left out, for a server that listens on the port. */
export function settingsOf(options: StandInOptions, port: number): StandInSettings {
  const random = (): string => randomBytes(24).toString('hex');
  const prefix = (options.prefix ?? '').replace(/\/*$/, '');
  return {
    prefix,
    issuer: `http://127.0.0.1:${port}${prefix}`,
    clientId: options.clientId ?? random(),
    clientSecret: options.clientSecret ?? random(),
    apiToken: options.apiToken ?? `glpat-${random()}`,
    hookToken: options.hookToken ?? random(),
    controlKey: options.controlKey ?? random(),
    redirectUris: new Set(options.redirectUris),
  };
}
