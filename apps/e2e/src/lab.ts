import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

export const root = join(__dirname, '..', '..', '..');

/** A host of the lab, as `lab status --json` tells. */
export interface LabHost {
  name: string;
  url: string;
  fingerprint: string;
  trustPassword: string;
  lxdDir: string;
}

/** The lab, as `lab status --json` tells. */
export interface Lab {
  up: boolean;
  hosts: LabHost[];
  subnets: string[];
  image: string;
}

/** Runs a command of the lab and returns what it printed. */
export function lab(...words: string[]): string {
  return execFileSync('bash', [join(root, 'lab', 'lab'), ...words], {
    encoding: 'utf8',
    timeout: 180_000,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** The state of the lab; throws when it is not up: `npm test` brings it up. */
export function labStatus(): Lab {
  const status = JSON.parse(lab('status', '--json')) as Lab;
  if (!status.up)
    throw new Error(`The lab is not up. Run "npm test", or "npm run lab -- up" before jest.\n${lab('status')}`);
  return status;
}

/** `lxc` on a host, as an admin there would run it. */
export function lxc(host: string, ...words: string[]): string {
  return lab('lxc', host, ...words);
}

/** Removes what an interrupted run may have left on a host. */
export function removeInstances(host: string, prefix: string): void {
  const rows = JSON.parse(lxc(host, 'list', '--format', 'json')) as { name: string }[];
  for (const { name } of rows) if (name.startsWith(prefix)) lxc(host, 'delete', '-f', name);
}
