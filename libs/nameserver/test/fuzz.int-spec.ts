import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const lib = join(__dirname, '..');

// On what was built, as `npm run fuzz` is: this is the same in small.
it('packets that no sane client sends neither end, hold up nor fill the server', async () => {
  const seed = String(Date.now() & 0x7fffffff);
  const args = ['--expose-gc', join(lib, 'fuzz', 'main.mjs'), '50000', '10000', seed];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  expect(stdout).toContain('no fault');
}, 120_000);
