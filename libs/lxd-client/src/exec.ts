import type { Api } from './api';
import { openEnvelope } from './envelope';
import { LxdError } from './errors';
import type { Operations } from './operations';
import type { Operation } from './wire/operation';

/** A command to run inside a running container; nothing is interpreted by a shell. */
export interface ExecRequest {
  readonly command: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly user?: number;
  readonly group?: number;
}

/** How it ended; the exit code is not judged here. */
export interface ExecOutput {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs commands with recorded output; what goes in goes through the environment or a file. */
export class Exec {
  constructor(
    private readonly api: Api,
    private readonly operations: Operations,
  ) {}

  async run(
    name: string,
    request: ExecRequest,
    options: { readonly deadlineMs: number; readonly signal?: AbortSignal },
  ): Promise<ExecOutput> {
    const { signal } = options;
    const body = { ...request, 'record-output': true, 'wait-for-websocket': false, interactive: false };
    const begun = await this.api.begin('POST', ['instances', name, 'exec'], { body, signal });
    const result = await this.operations.wait(begun, options);
    if (result.outcome === 'failure') throw result.error;
    if (result.outcome !== 'success') {
      throw new LxdError(
        'timeout',
        `${this.api.origin}: a command in ${name} did not report its end (${result.outcome})`,
      );
    }
    const { exitCode, logs } = readMetadata(result.operation);
    const [stdout, stderr] = await Promise.all([
      this.takeLog(name, logs['1'], signal),
      this.takeLog(name, logs['2'], signal),
    ]);
    return { exitCode, stdout, stderr };
  }

  /** Reads a log and removes it from the host, where it would stay for ever. */
  private async takeLog(name: string, url: string | undefined, signal: AbortSignal | undefined): Promise<string> {
    const file = url?.split('/').pop();
    if (url === undefined || file === undefined || file === '') return '';
    const segments = ['instances', name, 'logs', ...(url.includes('/exec-output/') ? ['exec-output'] : []), file];
    const reply = await this.api.raw('GET', segments, { signal });
    if (reply.status !== 200) openEnvelope(reply, this.api.origin, `GET the output of a command in ${name}`);
    await this.api.call('DELETE', segments, { signal });
    return reply.body.toString('utf8');
  }
}

function readMetadata(operation: Operation): { exitCode: number; logs: Readonly<Record<string, string>> } {
  const metadata = operation.metadata ?? {};
  const code = metadata['return'];
  const output = metadata['output'];
  const logs =
    typeof output === 'object' && output !== null
      ? Object.fromEntries(
          Object.entries(output).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
        )
      : {};
  return { exitCode: typeof code === 'number' ? code : -1, logs };
}
