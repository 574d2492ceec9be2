import { ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:https';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** How long the directory may take to begin. */
const START_MS = 20_000;

/**
 * An ACME server of our own (Debian's package pebble): it gives certificates to real clients, and looks for the records of their
 * challenges at the name server that it was told, as a certificate authority would.
 */
export class AcmeDirectory {
  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
    /** Where clients find it. */
    readonly url: string,
    /** The certificate by which clients know it. */
    readonly caFile: string,
  ) {}

  /** Starts one on free ports; `dns` is `ADDRESS:PORT` of the name server that it asks. */
  static async start(dns: string): Promise<AcmeDirectory> {
    const folder = mkdtempSync(join(tmpdir(), 'lxdm-acme-'));
    const [listen, management] = [await freePort(), await freePort()];
    const caFile = join(folder, 'cert.pem');
    const privateKey = join(folder, 'key.pem');
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', privateKey];
    const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
    execFileSync('openssl', ['req', '-x509', '-days', '2', ...key, ...names, '-out', caFile], { stdio: 'pipe' });
    const config = {
      pebble: {
        listenAddress: `127.0.0.1:${listen}`,
        managementListenAddress: `127.0.0.1:${management}`,
        certificate: caFile,
        privateKey,
        httpPort: 1,
        tlsPort: 1,
      },
    };
    writeFileSync(join(folder, 'pebble.json'), JSON.stringify(config));
    const child = spawn('/usr/bin/pebble', ['-config', join(folder, 'pebble.json'), '-dnsserver', dns], {
      // No waiting for its own sake, no nonces refused at random, every name proven anew.
      env: { ...process.env, PEBBLE_VA_NOSLEEP: '1', PEBBLE_WFE_NONCEREJECT: '0', PEBBLE_AUTHZREUSE: '0' },
      stdio: 'ignore',
    });
    const directory = new AcmeDirectory(child, folder, `https://127.0.0.1:${listen}/dir`, caFile);
    try {
      await directory.answers();
    } catch (error) {
      await directory.stop();
      throw error;
    }
    return directory;
  }

  async stop(): Promise<void> {
    if (this.child.pid !== undefined && this.child.exitCode === null && this.child.signalCode === null) {
      const ended = once(this.child, 'exit');
      this.child.kill('SIGKILL');
      await ended;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async answers(): Promise<void> {
    const spawned = new Promise<never>((_resolve, reject) => this.child.once('error', reject));
    const deadline = Date.now() + START_MS;
    while (!(await Promise.race([this.isThere(), spawned]))) {
      if (Date.now() > deadline || this.child.exitCode !== null) throw new Error('pebble did not begin to answer.');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  private isThere(): Promise<boolean> {
    return new Promise((resolve) => {
      get(this.url, { ca: readFileSync(this.caFile), agent: false }, (response) => {
        response.resume();
        resolve(response.statusCode === 200);
      }).on('error', () => resolve(false));
    });
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}
