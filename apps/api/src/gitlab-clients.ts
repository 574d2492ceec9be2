import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GitlabSite, gitlabSecretFile, parseGitlabs } from '@lxdm/domain';
import type { GitlabTimeouts } from '@lxdm/gitlab';
import { Setting, SettingsError } from '@lxdm/runtime';

/** A GitLab, with what this process is known by there. */
export interface GitlabClient extends GitlabSite {
  /** Of the application that is registered there. */
  clientId: string;
  clientSecret: string;
  /** Reads groups, for projects that are bound to one; null without. */
  token: string | null;
  /** Comes with GitLab's hooks; null without. */
  hookSecret: string | null;
  /** How long a sign-in waits for it; the usual time without. */
  timeouts?: Partial<GitlabTimeouts>;
}

/** `GITLAB_URL`: no GitLab without it. */
export function gitlabSetting(): Setting<GitlabSite[]> {
  return { variable: 'GITLAB_URL', fallback: [], parse: parseGitlabs };
}

/**
 * The secrets of each GitLab. An application's id and secret must be there; the others are for what needs them.
 * @throws SettingsError that names every file that is missing or not usable, and none of what is in them
 */
export async function readGitlabClients(secretsDir: string, sites: readonly GitlabSite[]): Promise<GitlabClient[]> {
  const faults: string[] = [];
  const read = async (kind: Parameters<typeof gitlabSecretFile>[0], prefix: string): Promise<string | null> => {
    const file = join(secretsDir, gitlabSecretFile(kind, prefix));
    const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') faults.push(`${file} cannot be read (${error.code ?? 'unknown error'})`);
      return null;
    });
    const secret = text?.trim() || null;
    // What goes into a header or a form is one word: anything else was pasted wrongly.
    if (secret !== null && !/^[\x21-\x7e]{1,1000}$/.test(secret))
      faults.push(`${file} must hold one word without blanks`);
    return secret;
  };
  const clients: GitlabClient[] = [];
  for (const site of sites) {
    const clientId = await read('gitlab_id', site.prefix);
    const clientSecret = await read('gitlab_secret', site.prefix);
    for (const [kind, secret] of [
      ['gitlab_id', clientId],
      ['gitlab_secret', clientSecret],
    ] as const)
      if (secret === null)
        faults.push(
          `${join(secretsDir, gitlabSecretFile(kind, site.prefix))} is needed for ${site.issuer}: put there what GitLab shows for the application`,
        );
    const token = await read('gitlab_token', site.prefix);
    const hookSecret = await read('gitlab_hook', site.prefix);
    clients.push({ ...site, clientId: clientId ?? '', clientSecret: clientSecret ?? '', token, hookSecret });
  }
  if (faults.length > 0) throw new SettingsError(faults);
  return clients;
}
