import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '../../../..');
const projects = [
  ...['domain', 'runtime', 'entities', 'jobs', 'lxd-client', 'crypto', 'gitlab'].map((lib) => `libs/${lib}`),
  'apps/worker',
  'apps/scheduler',
];

/** The main file of a process, built from the sources as they are now. */
export function mainOf(app: 'worker' | 'scheduler'): string {
  return join(root, 'apps', app, 'dist', 'main.js');
}

/** Builds both processes if a source is newer than what was built; `npm test` has done so already. */
export function ensureBuilt(): void {
  if (projects.every((project) => newest(join(root, project, 'src')) <= newest(join(root, project, 'dist')))) return;
  const nx = 'node_modules/.bin/nx run-many -t build -p @lxdm/worker,@lxdm/scheduler --outputStyle=static';
  execFileSync('npx', ['-y', '-p', 'pnpm@10.34.9', '-c', nx], {
    cwd: root,
    env: { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false', NX_NO_CLOUD: 'true' },
    stdio: 'pipe',
    timeout: 240_000,
  });
}

function newest(folder: string): number {
  if (!existsSync(folder)) return 0;
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.includes('.spec.'))
    .reduce((latest, entry) => Math.max(latest, statSync(join(entry.parentPath, entry.name)).mtimeMs), 0);
}
