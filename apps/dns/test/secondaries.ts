import { ChildProcess, execFile, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { until } from './client';
import { ended } from './ended';

const run = promisify(execFile);

/** The key that a secondary and the server share. */
export interface SharedKey {
  name: string;
  algorithm: string;
  secret: string;
}

/** What a secondary needs to know. */
export interface Follows {
  zone: string;
  /** Port of the primary, at 127.0.0.1. */
  primary: number;
  /** Its own port. */
  port: number;
  key: SharedKey | null;
}

type Configuration = (
  directory: string,
  follows: Follows,
) => { file: string; text: string; command: readonly string[] };

const knot: Configuration = (directory, { zone, primary, port, key }) => ({
  file: 'knot.conf',
  command: ['/usr/sbin/knotd', '-c', join(directory, 'knot.conf')],
  text: `server:
  rundir: "${directory}"
  listen: 127.0.0.1@${port}
log:
  - target: stderr
    any: info
database:
  storage: "${directory}"
${key ? `key:\n  - id: ${key.name}\n    algorithm: ${key.algorithm}\n    secret: ${key.secret}\n` : ''}remote:
  - id: primary
    address: 127.0.0.1@${primary}
${key ? `    key: ${key.name}\n` : ''}acl:
  - id: from_primary
    address: 127.0.0.1
    action: notify
${key ? `    key: ${key.name}\n` : ''}zone:
  - domain: ${zone}
    storage: "${directory}"
    zonefile-sync: -1
    zonefile-load: none
    journal-content: all
    master: primary
    acl: from_primary
`,
});

const nsd: Configuration = (directory, { zone, primary, port, key }) => ({
  file: 'nsd.conf',
  command: ['/usr/sbin/nsd', '-d', '-c', join(directory, 'nsd.conf')],
  text: `server:
  ip-address: 127.0.0.1@${port}
  username: ""
  chroot: ""
  zonesdir: "${directory}"
  pidfile: "${directory}/nsd.pid"
  xfrdfile: "${directory}/xfrd.state"
  zonelistfile: "${directory}/zone.list"
  xfrdir: "${directory}"
  database: ""
  server-count: 1
remote-control:
  control-enable: no
${key ? `key:\n  name: ${key.name}\n  algorithm: ${key.algorithm}\n  secret: "${key.secret}"\n` : ''}zone:
  name: ${zone}
  zonefile: "${directory}/zone"
  request-xfr: 127.0.0.1@${primary} ${key?.name ?? 'NOKEY'}
  allow-notify: 127.0.0.1 ${key?.name ?? 'NOKEY'}
`,
});

const bind: Configuration = (directory, { zone, primary, port, key }) => ({
  file: 'named.conf',
  command: ['/usr/sbin/named', '-g', '-c', join(directory, 'named.conf')],
  text: `options {
  directory "${directory}"; pid-file none; session-keyfile none; recursion no; notify no;
  managed-keys-directory "${directory}"; listen-on port ${port} { 127.0.0.1; }; listen-on-v6 { none; };
  min-refresh-time 1; allow-new-zones no; dnssec-validation no;
};
controls { };
${key ? `key ${key.name} { algorithm ${key.algorithm}; secret "${key.secret}"; };\n` : ''}zone "${zone}" {
  type secondary; file "${directory}/zone"; masterfile-format text;
  primaries { 127.0.0.1 port ${primary}${key ? ` key ${key.name}` : ''}; };
  allow-notify { ${key ? `key ${key.name}` : '127.0.0.1'}; };
};
`,
});

const PROGRAMS = { knot, nsd, bind };

/** A name server of another make that follows ours. */
export type Make = keyof typeof PROGRAMS;

/** A secondary with a directory of its own, which ends with it. */
export class SecondaryServer {
  private readonly output: string[] = [];

  private constructor(
    private readonly directory: string,
    private readonly process: ChildProcess,
    readonly port: number,
    private readonly zone: string,
  ) {
    for (const stream of [process.stdout, process.stderr])
      stream?.on('data', (chunk: Buffer) => this.output.push(chunk.toString()));
  }

  static start(make: Make, follows: Follows): SecondaryServer {
    const directory = mkdtempSync(join(tmpdir(), `lxdm-${make}-`));
    chmodSync(directory, 0o777);
    mkdirSync(join(directory, 'run'));
    const { file, text, command } = PROGRAMS[make](directory, follows);
    writeFileSync(join(directory, file), text);
    const [program = '', ...args] = command;
    const child = spawn(program, args, { cwd: directory, stdio: ['ignore', 'pipe', 'pipe'] });
    return new SecondaryServer(directory, child, follows.port, follows.zone);
  }

  /** All that it has written. */
  get log(): string {
    return this.output.join('');
  }

  /** The serial that it serves; undefined while it does not. */
  async serial(): Promise<number | undefined> {
    const { stdout } = await run('dig', this.args('SOA')).catch(() => ({ stdout: '' }));
    const serial = /^\S+ \S+ (\d+) /m.exec(stdout)?.[1];
    return serial === undefined ? undefined : Number(serial);
  }

  /** Waits until it serves a serial; returns how long that took, in milliseconds. */
  async reaches(serial: number, deadlineMs: number): Promise<number> {
    try {
      return await until(async () => (await this.serial()) === serial, deadlineMs);
    } catch {
      throw new Error(
        `serves ${await this.serial()} and not ${serial} after ${deadlineMs} ms:\n${this.log.slice(-3_000)}`,
      );
    }
  }

  async ask(name: string, type: string): Promise<string[]> {
    const { stdout } = await run('dig', this.args(type, name));
    return stdout
      .split('\n')
      .filter((line) => line !== '')
      .sort();
  }

  async end(): Promise<void> {
    await ended(this.process);
    rmSync(this.directory, { recursive: true, force: true });
  }

  private args(type: string, name = this.zone): string[] {
    return ['@127.0.0.1', '-p', String(this.port), '+short', '+tries=1', '+time=1', '+norecurse', name, type];
  }
}

/** A port that is free on UDP and TCP. */
export async function freePort(): Promise<number> {
  for (;;) {
    const socket = createSocket('udp4').bind(0, '127.0.0.1');
    await once(socket, 'listening');
    const { port } = socket.address();
    const server = createServer().listen(port, '127.0.0.1');
    const free = await once(server, 'listening').then(
      () => true,
      () => false,
    );
    socket.close();
    server.close();
    if (free) return port;
  }
}
