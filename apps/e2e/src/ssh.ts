import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A person with an SSH key, who knows only the host keys that the manager tells. */
export class SshPerson {
  readonly dir = mkdtempSync(join(tmpdir(), 'lxdm-ssh-'));
  readonly publicKey: string;

  constructor() {
    execFileSync('ssh-keygen', [
      '-q',
      '-t',
      'ed25519',
      '-N',
      '',
      '-C',
      'DOMAIN\\user "quoted"',
      '-f',
      join(this.dir, 'key'),
    ]);
    this.publicKey = readFileSync(join(this.dir, 'key.pub'), 'utf8').trim();
  }

  /** Takes host keys into known_hosts, under a name. */
  knows(name: string, publicKeys: readonly string[]): void {
    writeFileSync(join(this.dir, 'known_hosts'), publicKeys.map((key) => `${name} ${key}\n`).join(''));
  }

  /** Runs a command over SSH as root, without a question asked; rejects with what ssh said. */
  run(address: string, name: string, command: string, ...options: string[]): Promise<string> {
    const words = [
      '-F',
      'none',
      '-i',
      join(this.dir, 'key'),
      '-o',
      'IdentitiesOnly=yes',
      '-o',
      'BatchMode=yes',
      '-o',
      'StrictHostKeyChecking=yes',
      '-o',
      'ConnectTimeout=5',
      '-o',
      `UserKnownHostsFile=${join(this.dir, 'known_hosts')}`,
      '-o',
      'GlobalKnownHostsFile=/dev/null',
      '-o',
      `HostKeyAlias=${name}`,
      ...options,
      `root@${address}`,
      command,
    ];
    return new Promise((resolve, reject) => {
      execFile('ssh', words, { timeout: 15_000 }, (error, stdout, stderr) =>
        error ? reject(new Error(stderr || error.message)) : resolve(stdout),
      );
    });
  }
}
