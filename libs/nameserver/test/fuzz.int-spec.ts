import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const lib = join(__dirname, '..');
// The full size is `npm run fuzz`; this one is the same in small, on what was built.
const runs = existsSync(join(lib, 'dist', 'answer-cache.js')) ? it : it.skip;

runs(
  'packets that no sane client sends neither end, hold up nor fill the server',
  async () => {
    const seed = String(Date.now() & 0x7fffffff);
    const args = ['--expose-gc', join(lib, 'fuzz', 'main.mjs'), '50000', '10000', seed];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    expect(stdout).toContain('no fault');
  },
  120_000,
);
