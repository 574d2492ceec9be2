import { ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Resolver as Stub } from 'node:dns/promises';
import { until } from './client';
import { ended } from './ended';

/** Knot with a root of the suite's own, at port 53 of a loopback address: what judges start from instead of the internet. */
export class ParentServer {
  private readonly output: string[] = [];

  private constructor(
    private readonly directory: string,
    private readonly child: ChildProcess,
  ) {
    child.stderr?.on('data', (chunk: Buffer) => this.output.push(chunk.toString()));
  }

  /** @param records zone-file text of the root zone apart from its own SOA and NS records */
  static async start(address: string, records: string): Promise<ParentServer> {
    const directory = mkdtempSync(join(tmpdir(), 'lxdm-root-'));
    mkdirSync(join(directory, 'run'));
    const own = `. 3600 SOA root.test. hostmaster.root.test. 1 14400 3600 1209600 3600\n. 3600 NS root.test.\nroot.test. 3600 A ${address}\n`;
    writeFileSync(join(directory, 'zone'), own + records);
    writeFileSync(
      join(directory, 'knot.conf'),
      `server:
  rundir: "${directory}/run"
  listen: ${address}@53
  udp-workers: 1
  tcp-workers: 1
  background-workers: 1
log:
  - target: stderr
    any: info
database:
  storage: "${directory}"
zone:
  - domain: .
    storage: "${directory}"
    file: zone
    zonefile-sync: -1
    journal-content: none
`,
    );
    const child = spawn('/usr/sbin/knotd', ['-c', join(directory, 'knot.conf')], {
      cwd: directory,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const server = new ParentServer(directory, child);
    const stub = new Stub({ timeout: 500, tries: 1 });
    stub.setServers([address]);
    await until(async () => {
      if (child.exitCode !== null) throw new Error(`knotd has ended:\n${server.output.join('')}`);
      return stub.resolve4('root.test').then(
        () => true,
        () => false,
      );
    }, 10_000);
    return server;
  }

  async close(): Promise<void> {
    await ended(this.child);
    rmSync(this.directory, { recursive: true, force: true });
  }
}
