import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describeLxdContract } from './contract';
import { describeLxdMove } from './contract/move';
import type { ContractTarget } from './contract/target';

const run = promisify(execFile);
const lab = join(__dirname, '../../../lab/lab');

interface LabStatus {
  readonly up: boolean;
  readonly image: string;
  readonly hosts: readonly {
    url: string;
    fingerprint: string;
    trustPassword: string;
    lxdDir: string;
    running: boolean;
  }[];
}

async function openHost(index: number): Promise<ContractTarget> {
  const { stdout } = await run('bash', [lab, 'status', '--json']);
  const status = JSON.parse(stdout) as LabStatus;
  const host = status.hosts[index];
  if (host?.running !== true) throw new Error('The lab is down: bash lab/lab up');
  return {
    url: host.url,
    fingerprint: host.fingerprint,
    trustPassword: host.trustPassword,
    image: status.image,
    issueToken: async (name) => {
      const env = { ...process.env, LXD_DIR: host.lxdDir };
      const token = await run('lxc', ['config', 'trust', 'add', '--name', name, '--quiet'], { env });
      return token.stdout.trim().split('\n').pop() ?? '';
    },
    plant: async (name, kind, path, to = '') => {
      const command = kind === 'fifo' ? ['mkfifo', path] : ['ln', '-s', to, path];
      await run('lxc', ['exec', name, '--', ...command], { env: { ...process.env, LXD_DIR: host.lxdDir } });
    },
    close: () => Promise.resolve(),
  };
}

describeLxdContract('a real LXD of the lab', () => openHost(0));

describeLxdMove('a move between two hosts of the lab', async () => ({
  from: await openHost(0),
  to: await openHost(1),
}));
