import { ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { until } from './client';
import { ended } from './ended';
import { ZONE } from './fleet';
import { freePort } from './secondaries';

/** What a resolver says, as its clients see it. */
export interface Resolved {
  rcode: string;
  /** Whether the resolver vouches for it: the AD bit. */
  authentic: boolean;
  answer: string[];
}

/** What an unbound is told. */
export interface ResolverParts {
  /** Port of the server of the zone, at 127.0.0.1. */
  server: number;
  /** The DS record that it trusts, without its owner. */
  anchor: string;
  /** When it believes to be. */
  date?: Date;
}

/** An unbound that validates and asks nobody but the server of the zone. */
export class Resolver {
  private readonly output: string[] = [];

  private constructor(
    private readonly directory: string,
    private readonly child: ChildProcess,
    private readonly port: number,
  ) {
    child.stderr?.on('data', (chunk: Buffer) => this.output.push(chunk.toString()));
  }

  static async start({ server, anchor, date }: ResolverParts): Promise<Resolver> {
    const directory = mkdtempSync(join(tmpdir(), 'lxdm-unbound-'));
    const port = await freePort();
    const conf = join(directory, 'unbound.conf');
    const digits = date?.toISOString().replaceAll(/\D/g, '').slice(0, 14);
    writeFileSync(
      conf,
      `server:
  interface: 127.0.0.1@${port}
  do-ip6: no
  do-daemonize: no
  use-syslog: no
  chroot: ""
  username: ""
  directory: "${directory}"
  pidfile: ""
  module-config: "validator iterator"
  do-not-query-localhost: no
  aggressive-nsec: yes
  val-log-level: 2
  trust-anchor: "${ZONE} DS ${anchor}"
${digits === undefined ? '' : `  val-override-date: "${digits}"\n`}stub-zone:
  name: "${ZONE}"
  stub-addr: 127.0.0.1@${server}
remote-control:
  control-enable: no
`,
    );
    const child = spawn('/usr/sbin/unbound', ['-d', '-c', conf], { stdio: ['ignore', 'ignore', 'pipe'] });
    const resolver = new Resolver(directory, child, port);
    await until(() => resolver.ready(), 10_000);
    return resolver;
  }

  /** Asks as a client that wants signatures; without validation where it is to see what came. */
  async ask(name: string, type: string, ...words: string[]): Promise<Resolved> {
    const at = ['@127.0.0.1', '-p', String(this.port), '+dnssec', '+tries=1', '+time=10', ...words];
    const { stdout } = await promisify(execFile)('dig', [...at, '-q', name, '-t', type]);
    return {
      rcode: /status: (\w+)/.exec(stdout)?.[1] ?? stdout,
      authentic: /flags:[^;]* ad[ ;]/.test(stdout),
      answer: stdout
        .split('\n')
        .filter((line) => line !== '' && !line.startsWith(';') && line.includes(`\t${type}\t`))
        .map((line) => line.replaceAll(/\s+/g, ' ')),
    };
  }

  /** What it has to say about what it did not believe. */
  get log(): string {
    return this.output.join('');
  }

  async close(): Promise<void> {
    await ended(this.child);
    rmSync(this.directory, { recursive: true, force: true });
  }

  private async ready(): Promise<boolean> {
    if (this.child.exitCode !== null) throw new Error(`unbound has ended:\n${this.log}`);
    const args = ['@127.0.0.1', '-p', String(this.port), '+tries=1', '+time=1', 'version.server', 'CH', 'TXT'];
    return promisify(execFile)('dig', args).then(
      () => true,
      () => false,
    );
  }
}
