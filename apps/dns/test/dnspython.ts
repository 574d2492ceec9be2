import { ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface, Interface } from 'node:readline';
import { Readable, Writable } from 'node:stream';

/** Debian's Python, which has its dnspython; another one may come first in PATH. */
const PYTHON = '/usr/bin/python3';

/** What dnspython made of an answer; `error` is the name of the exception with which it refused one. */
export interface DnspythonHeard {
  error?: string;
  rcode?: string;
  flags?: string[];
  /** Whether the answer was signed; that the signature is right has been checked then. */
  signed?: boolean;
  /** The version, -1 for an answer without OPT. */
  edns?: number;
  payload?: number;
  /** In hexadecimal, by their codes. */
  options?: Record<string, string>;
  answer?: string[];
}

/** A copy of the zone that dnspython holds. */
export interface DnspythonCopy {
  error?: string;
  /** The serial that the question named; null for a whole transfer. */
  since: number | null;
  serial: number;
  /** Records that came, those of the frame included. */
  came: number;
  records: string[];
}

/** A key as dnspython is told of it, whatever its algorithm. */
export interface DnspythonKey {
  name: string;
  algorithm: string;
  secret: string;
}

/** A process with dnspython that does one thing after the other. */
export class DnspythonClient {
  private readonly child: ChildProcessByStdio<Writable, Readable, null>;
  private readonly lines: Interface;
  private readonly said: AsyncIterator<string>;

  constructor(port: number) {
    const script = join(__dirname, 'dnspython-client.py');
    // What Python has to say about a fault of the script is for whoever reads the output of the tests.
    this.child = spawn(PYTHON, [script, String(port)], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.lines = createInterface({ input: this.child.stdout });
    this.said = this.lines[Symbol.asyncIterator]();
  }

  update(command: {
    key?: DnspythonKey;
    prerequisites?: readonly (readonly (string | number)[])[];
    changes?: readonly (readonly (string | number)[])[];
    tcp?: boolean;
  }): Promise<DnspythonHeard> {
    return this.tell({ do: 'update', ...command });
  }

  query(name: string, type: string, how: Readonly<Record<string, unknown>> = {}): Promise<DnspythonHeard> {
    return this.tell({ do: 'query', name, type, ...how });
  }

  /** Brings a copy up to date, by what changed where it has one already. */
  transfer(copy: string, key: DnspythonKey, how: { whole?: boolean; udp?: 'ONLY' } = {}): Promise<DnspythonCopy> {
    return this.tell({ do: 'transfer', copy, key, ...how });
  }

  /** Questions for addresses in one write, an update in their midst; the answers in the order of the questions. */
  pipeline(key: DnspythonKey, names: readonly string[]): Promise<DnspythonHeard[]> {
    return this.tell({ do: 'pipeline', key, names });
  }

  async close(): Promise<void> {
    const ended = this.child.exitCode === null ? once(this.child, 'exit') : undefined;
    this.child.stdin.end();
    await ended;
    this.lines.close();
  }

  private async tell<Said>(command: Readonly<Record<string, unknown>>): Promise<Said> {
    this.child.stdin.write(`${JSON.stringify(command)}\n`);
    const { value, done } = await this.said.next();
    if (done === true) throw new Error('dnspython has ended');
    return JSON.parse(value as string) as Said;
  }
}
