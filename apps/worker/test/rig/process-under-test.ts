import { ChildProcess, spawn } from 'node:child_process';
import { mainOf } from './build';
import { until } from './until';

/** Ends the child when its standard input ends: it must not outlive a test run that was killed. */
const ENDS_WITH_PARENT =
  'data:text/javascript,process.stdin.on("end",()=>process.exit(3)).on("error",()=>process.exit(3)).resume().unref()';

/** A real worker or scheduler, with everything that it wrote. */
export class ProcessUnderTest {
  log = '';
  private wanted = false;
  private readonly ended: Promise<void>;

  private constructor(
    readonly name: string,
    private readonly child: ChildProcess,
  ) {
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (this.log += String(chunk)));
    this.ended = new Promise((resolve) => child.once('close', () => resolve()));
  }

  /** Starts one without waiting for it. */
  static spawn(app: 'worker' | 'scheduler', env: Record<string, string>): ProcessUnderTest {
    const child = spawn(process.execPath, ['--import', ENDS_WITH_PARENT, mainOf(app)], {
      env: { PATH: process.env['PATH'], LXDM_METRICS_PORT: '0', ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    return new ProcessUnderTest(app, child);
  }

  /** Resolves once it says that it has started. */
  async started(milliseconds = 60_000): Promise<this> {
    await until(
      `start of ${this.name}`,
      () => {
        if (this.exitCode !== null) throw new Error(`it ended: ${this.log.slice(-2_000)}`);
        return this.log.includes('"msg":"started"');
      },
      milliseconds,
    );
    return this;
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  get exitCode(): number | null {
    return this.child.exitCode;
  }

  get running(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Ends it by a signal and resolves when it is gone. */
  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    this.wanted = true;
    this.child.kill('SIGCONT');
    this.child.kill(signal);
    await this.ended;
  }

  freeze(): void {
    this.child.kill('SIGSTOP');
  }

  thaw(): void {
    this.child.kill('SIGCONT');
  }

  /** What no process may do, whatever happens around it: end by itself, or leave a fault to nobody. */
  faults(): string[] {
    const fatal = this.log.split('\n').filter((line) => /"level":60|Unhandled|uncaught/.test(line));
    const gone = !this.wanted && !this.running ? [`${this.name} ended by itself: ${this.log.slice(-1_000)}`] : [];
    return [...gone, ...fatal.map((line) => `${this.name}: ${line.slice(0, 500)}`)];
  }
}
