import { ChildProcess, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * How each make is told to serve one zone from a file, at a port of 127.0.0.1. What they may do otherwise is turned off, so that nothing
 * need be tolerated: authority beside answers (RFC 2308 §6 leaves it open), BIND's TTL of 0 on the SOA of a negative answer to an
 * SOA question (RFC 2308 §3 asks for the minimum), NSD's rate limit.
 */
const MAKES = {
  bind: (directory: string, zone: string, port: number) => ({
    command: ['/usr/sbin/named', '-g', '-c', join(directory, 'conf')],
    text: `options { directory "${directory}"; pid-file none; session-keyfile none; recursion no; notify no; allow-new-zones no;
  managed-keys-directory "${directory}"; listen-on port ${port} { 127.0.0.1; }; listen-on-v6 { none; }; dnssec-validation no; minimal-responses yes; zero-no-soa-ttl no; };
controls { };
zone "${zone}" { type primary; file "${directory}/zone"; };
`,
  }),
  nsd: (directory: string, zone: string, port: number) => ({
    command: ['/usr/sbin/nsd', '-d', '-c', join(directory, 'conf')],
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
  minimal-responses: yes
  rrl-ratelimit: 0
remote-control:
  control-enable: no
zone:
  name: ${zone}
  zonefile: "${directory}/zone"
`,
  }),
  knot: (directory: string, zone: string, port: number) => ({
    command: ['/usr/sbin/knotd', '-c', join(directory, 'conf')],
    text: `server:
  rundir: "${directory}"
  listen: 127.0.0.1@${port}
  udp-workers: 1
  tcp-workers: 1
  background-workers: 1
log:
  - target: stderr
    any: info
database:
  storage: "${directory}"
zone:
  - domain: ${zone}
    storage: "${directory}"
    file: zone
    zonefile-sync: -1
    journal-content: none
    semantic-checks: on
`,
  }),
};

/** A make of name server. */
export type Make = keyof typeof MAKES;

/** A name server of another make, with a directory of its own, which ends with it. */
export class OtherServer {
  private readonly output: string[] = [];

  private constructor(
    private readonly directory: string,
    private readonly child: ChildProcess,
    readonly port: number,
  ) {
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => this.output.push(chunk.toString()));
  }

  static async start(make: Make, zone: string, text: string): Promise<OtherServer> {
    const port = await freePort();
    const directory = mkdtempSync(join(tmpdir(), `lxdm-${make}-`));
    chmodSync(directory, 0o777);
    mkdirSync(join(directory, 'run'));
    const { command, text: conf } = MAKES[make](directory, zone, port);
    writeFileSync(join(directory, 'conf'), conf);
    writeFileSync(join(directory, 'zone'), text);
    const [program = '', ...args] = command;
    return new OtherServer(
      directory,
      spawn(program, args, { cwd: directory, stdio: ['ignore', 'pipe', 'pipe'] }),
      port,
    );
  }

  /** All that it has written. */
  get log(): string {
    return this.output.join('');
  }

  async stop(): Promise<void> {
    const ended = once(this.child, 'exit');
    if (this.child.exitCode === null && this.child.kill('SIGTERM')) await ended;
    rmSync(this.directory, { recursive: true, force: true });
  }
}

async function freePort(): Promise<number> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  return port;
}
