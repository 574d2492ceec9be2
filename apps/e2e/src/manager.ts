import { ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Api } from './api';
import { eventually } from './eventually';
import { Lab, root } from './lab';

const PASSWORD = 'end-to-end-password';

/** The whole manager, started as a person starts it, with a data folder and ports of its own. */
export class Manager {
  private launcher: ChildProcess | undefined;
  private output = '';
  private restarted = false;

  private constructor(
    readonly dir: string,
    readonly ports: { http: number; dns: number; metrics: number },
    private readonly environment: Record<string, string>,
  ) {}

  /** @param secrets files of the secrets folder, by name, that are there before the first start */
  static async start(environment: Record<string, string> = {}, secrets: Record<string, string> = {}): Promise<Manager> {
    const dir = mkdtempSync(join(tmpdir(), 'lxdm-e2e-'));
    mkdirSync(join(dir, 'secrets'), { mode: 0o700 });
    for (const [name, text] of Object.entries(secrets))
      writeFileSync(join(dir, 'secrets', name), text, { mode: 0o600 });
    const ports = { http: await freePorts(1), dns: await freePorts(1), metrics: await freePorts(4) };
    const manager = new Manager(dir, ports, environment);
    await manager.launch();
    return manager;
  }

  get origin(): string {
    return `http://127.0.0.1:${this.ports.http}`;
  }

  readonly admin = { username: 'admin', password: PASSWORD };

  /** `npm start`, until it is ready. */
  async launch(): Promise<void> {
    const launcher = spawn(process.execPath, ['tools/run.mjs', 'start'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        LXDM_DATA_DIR: this.dir,
        LXDM_SECRETS_DIR: join(this.dir, 'secrets'),
        LXDM_CERTS_DIR: join(this.dir, 'certs'),
        LXDM_HTTP_PORT: String(this.ports.http),
        LXDM_DNS_PORT: String(this.ports.dns),
        LXDM_METRICS_PORT: String(this.ports.metrics),
        LXDM_ADMIN_PASSWORD: PASSWORD,
        ...this.environment,
      },
    });
    for (const stream of [launcher.stdout, launcher.stderr])
      stream.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    this.launcher = launcher;
    const ended = new Promise<never>((_resolve, reject) => {
      launcher.once('exit', () => reject(new Error(`npm start ended:\n${this.output}`)));
    });
    const ready = eventually(
      'the manager to be ready',
      async () => (await fetch(`${this.origin}/api/health/ready`)).ok || undefined,
      180_000,
    );
    // Whoever ends it later on purpose is not to be told that it ended.
    ended.catch(() => undefined);
    await Promise.race([ready, ended]);
  }

  /** An admin who has signed in and has sudo on. */
  async signedIn(): Promise<Api> {
    const api = new Api(this.origin);
    await api.signIn(this.admin.username, this.admin.password);
    await api.sudo(this.admin.password);
    return api;
  }

  /** Registers the lab's hosts, their fingerprints known beforehand, and waits until their images are known. */
  async addHosts(api: Api, lab: Lab): Promise<void> {
    for (const { name, url, fingerprint, trustPassword } of lab.hosts)
      await api.done('POST', '/hosts', { name, url, fingerprint, trustPassword, subnets: lab.subnets });
    for (const { name } of lab.hosts) {
      const { id } = await api.host(name);
      await eventually(`the images of ${name}`, async () => {
        const images = (await api.call<{ aliases: string[] }[]>('GET', `/hosts/${id}/images`)).body;
        return images.some((image) => image.aliases.includes(lab.image)) || undefined;
      });
    }
  }

  /** The process id of one of the four processes, as the launcher knows it now. */
  pid(name: 'api' | 'worker' | 'scheduler' | 'dns'): number {
    const { processes } = JSON.parse(readFileSync(join(this.dir, 'run.json'), 'utf8')) as {
      processes: Record<string, number>;
    };
    const pid = processes[name];
    if (pid === undefined) throw new Error(`The launcher does not know ${name}.`);
    return pid;
  }

  /** kill -9; the launcher starts it again. */
  kill(name: 'api' | 'worker' | 'scheduler' | 'dns'): void {
    process.kill(this.pid(name), 'SIGKILL');
  }

  /** What an environment variable of one of the processes says. */
  environmentOf(name: 'api' | 'worker', variable: string): string {
    const pairs = readFileSync(`/proc/${this.pid(name)}/environ`, 'utf8').split('\0');
    return pairs.find((pair) => pair.startsWith(`${variable}=`))?.slice(variable.length + 1) ?? '';
  }

  /** The answers of our name server, as dig prints them in short. */
  dig(name: string, type: string): string[] {
    const answer = execFileSync(
      'dig',
      ['@127.0.0.1', '-p', String(this.ports.dns), name, type, '+short', '+tries=1', '+time=2'],
      { encoding: 'utf8' },
    );
    return answer.split('\n').filter((line) => line !== '');
  }

  /** The RCODE that our name server answers with. */
  rcode(name: string, type: string): string {
    const answer = execFileSync(
      'dig',
      ['@127.0.0.1', '-p', String(this.ports.dns), name, type, '+tries=1', '+time=2'],
      { encoding: 'utf8' },
    );
    return /status: (\w+)/.exec(answer)?.[1] ?? 'none';
  }

  /** Ctrl-C, and everything is gone. */
  async stop(): Promise<void> {
    const launcher = this.launcher;
    if (!launcher || launcher.exitCode !== null) return;
    const ended = new Promise((resolve) => launcher.once('exit', resolve));
    launcher.kill('SIGINT');
    await ended;
  }

  /** As an upgrade of the package does it: fast, so that open connections are cut. */
  restartPostgres(): void {
    this.services('postgres', this.dir, 'restart', 'fast');
    this.restarted = true;
  }

  async remove(): Promise<void> {
    await this.stop();
    // The launcher ends only what it started itself.
    if (this.restarted) this.services('postgres', this.dir, 'stop', 'immediate');
    rmSync(this.dir, { recursive: true, force: true });
  }

  private services(...words: string[]): void {
    execFileSync(process.execPath, [join(root, 'tools', 'services', 'ctl.mjs'), ...words], { timeout: 60_000 });
  }
}

/**
 * The first of several free ports in a row, below the range from which the system takes ports for outgoing connections: one of those
 * could take a port between our look and its use.
 */
async function freePorts(count: number): Promise<number> {
  for (;;) {
    const first = 20_000 + Math.floor(Math.random() * 10_000);
    const ports = Array.from({ length: count }, (_, offset) => first + offset);
    if ((await Promise.all(ports.map(isFree))).every(Boolean)) return first;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
