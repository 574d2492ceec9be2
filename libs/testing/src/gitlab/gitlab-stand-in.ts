import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { ControlCommands } from './control-commands';
import type { StandInOptions } from './stand-in-settings';

/** What the process says when it listens. */
export interface StandInIntroduction {
  /** The base URL with a slash at its end. */
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly apiToken: string;
  readonly hookToken: string;
  readonly controlKey: string;
}

/**
 * A GitLab for a test, in a process of its own: the provider is an ES module, which jest's sandbox does not load. It ends with the
 * process that started it.
 */
export class GitlabStandIn {
  private constructor(
    private readonly child: ChildProcess,
    readonly introduction: StandInIntroduction,
  ) {}

  static async start(options: StandInOptions = {}): Promise<GitlabStandIn> {
    const source = join(__dirname, '..', 'gitlab-stand-in.main.ts');
    const args = existsSync(source)
      ? ['-r', require.resolve('esbuild-register'), source]
      : [join(__dirname, '..', 'gitlab-stand-in.main.js')];
    const child = spawn(process.execPath, [...args, '--with-parent'], {
      env: { ...process.env, NODE_OPTIONS: '', GITLAB_STAND_IN: JSON.stringify(options) },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    const introduction = await new Promise<StandInIntroduction>((resolve, reject) => {
      createInterface({ input: child.stdout }).once('line', (line) => resolve(JSON.parse(line) as StandInIntroduction));
      child.once('exit', () => reject(new Error(`The stand-in of GitLab ended:\n${errors}`)));
    });
    return new GitlabStandIn(child, introduction);
  }

  get url(): string {
    return this.introduction.url;
  }

  /** Runs one of the control commands: `await gitlab.tell('addPerson', 'member')`. */
  async tell<K extends keyof ControlCommands>(
    command: K,
    ...words: Parameters<ControlCommands[K]>
  ): Promise<Awaited<ReturnType<ControlCommands[K]>>> {
    const response = await fetch(new URL('/control', this.url), {
      method: 'POST',
      headers: { authorization: `Bearer ${this.introduction.controlKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ do: command, with: words }),
      signal: AbortSignal.timeout(30_000),
    });
    const answer = (await response.json()) as { result?: Awaited<ReturnType<ControlCommands[K]>>; message?: string };
    if (!response.ok) throw new Error(answer.message ?? `${command} failed`);
    return answer.result as Awaited<ReturnType<ControlCommands[K]>>;
  }

  /** As a machine that is gone: nothing listens any more. */
  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGTERM');
    await ended;
  }
}
