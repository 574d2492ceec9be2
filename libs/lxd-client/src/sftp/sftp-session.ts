import { LxdError } from '../errors';
import type { SftpConnection } from './sftp-connection';
import { MESSAGE, MessageReader, MessageWriter, OPEN, type SftpEntry, STATUS } from './sftp-wire';

/** What one message may carry of a file. */
const CHUNK_BYTES = 32 * 1024;

/** Owner and permissions of a new file. */
export interface SftpOwnership {
  readonly uid: number;
  readonly gid: number;
  /** Like 0o600. */
  readonly mode: number;
}

/**
 * The file system of a container, seen from inside: no link leads out of it. Nothing here follows a link at the end of a path, and
 * nothing waits for the other end of a pipe. Errors are LxdErrors: the container's own words, not to be retried.
 */
export class SftpSession {
  constructor(private readonly connection: SftpConnection) {}

  /** What lies at a path, the link itself where it is one; undefined where there is nothing. */
  async lstat(path: string): Promise<SftpEntry | undefined> {
    const { type, answer } = await this.connection.request(MESSAGE.lstat, (message) => message.string(path));
    if (type === MESSAGE.attributes) return answer.entry();
    if (this.statusOf(type, answer, `lstat ${path}`, STATUS.noSuchFile) === STATUS.noSuchFile) return undefined;
    throw this.connection.garbage('told nothing of a file');
  }

  /**
   * The bytes of a regular file.
   * @throws LxdError `bad-request` when it is no regular file, or larger than `maxBytes`
   */
  async read(path: string, maxBytes: number): Promise<Buffer> {
    // For reading alone, opening a pipe waits until somebody writes to it, and LXD 5.0 can neither stop nor delete the container
    // meanwhile. For both it does not (fifo(7)), and what was opened is looked at before it is read.
    const handle = await this.open(path, OPEN.read | OPEN.write);
    try {
      const { type, answer } = await this.connection.request(MESSAGE.fstat, (message) => message.string(handle));
      if (type !== MESSAGE.attributes) this.statusOf(type, answer, `stat ${path}`);
      const entry = answer.entry();
      if (entry.kind !== 'file') throw refused(`${path} is not a regular file`);
      if (entry.size > maxBytes) throw refused(`${path} is larger than ${maxBytes} bytes`);
      return await this.readAll(handle, path, maxBytes);
    } finally {
      await this.close(handle);
    }
  }

  /** Makes a new file with its content; refused where something lies already, a link included. */
  async create(path: string, content: Uint8Array, { uid, gid, mode }: SftpOwnership): Promise<void> {
    const handle = await this.open(path, OPEN.write | OPEN.create | OPEN.exclusive, mode);
    try {
      for (let at = 0; at < content.length; at += CHUNK_BYTES)
        await this.done(MESSAGE.write, `write ${path}`, (message) =>
          message
            .string(handle)
            .u64(at)
            .string(content.subarray(at, at + CHUNK_BYTES)),
        );
      // One attribute a message: LXD 5.0.2 takes one for the other where there are several.
      await this.done(MESSAGE.fsetstat, `chown ${path}`, (message) => message.string(handle).ids(uid, gid));
      await this.done(MESSAGE.fsetstat, `chmod ${path}`, (message) => message.string(handle).mode(mode));
    } finally {
      await this.close(handle);
    }
  }

  /** Makes a directory. */
  async makeDirectory(path: string, { uid, gid, mode }: SftpOwnership): Promise<void> {
    await this.done(MESSAGE.mkdir, `mkdir ${path}`, (message) => message.string(path).noAttributes());
    await this.done(MESSAGE.setstat, `chmod ${path}`, (message) => message.string(path).mode(mode));
    await this.done(MESSAGE.setstat, `chown ${path}`, (message) => message.string(path).ids(uid, gid));
  }

  /** Moves a file over another in one step: whoever opens it sees the old or the new one (posix-rename@openssh.com). */
  async rename(from: string, to: string): Promise<void> {
    await this.done(MESSAGE.extended, `rename ${from}`, (message) =>
      message.string('posix-rename@openssh.com').string(from).string(to),
    );
  }

  /** Removes a file; false where there is none. */
  async remove(path: string): Promise<boolean> {
    const { type, answer } = await this.connection.request(MESSAGE.remove, (message) => message.string(path));
    return this.statusOf(type, answer, `remove ${path}`, STATUS.noSuchFile) === STATUS.ok;
  }

  private async open(path: string, flags: number, mode?: number): Promise<Buffer> {
    const { type, answer } = await this.connection.request(MESSAGE.open, (message) => {
      message.string(path).u32(flags);
      if (mode === undefined) message.noAttributes();
      else message.mode(mode);
    });
    if (type === MESSAGE.handle) return answer.string();
    this.statusOf(type, answer, `open ${path}`);
    throw this.connection.garbage('opened nothing');
  }

  private async close(handle: Buffer): Promise<void> {
    await this.connection.request(MESSAGE.close, (message) => message.string(handle));
  }

  private async readAll(handle: Buffer, path: string, maxBytes: number): Promise<Buffer> {
    const chunks: Buffer[] = [];
    for (let size = 0; ;) {
      const { type, answer } = await this.connection.request(MESSAGE.read, (message) =>
        message.string(handle).u64(size).u32(CHUNK_BYTES),
      );
      if (type !== MESSAGE.data) {
        if (this.statusOf(type, answer, `read ${path}`, STATUS.eof) === STATUS.eof) return Buffer.concat(chunks);
        throw this.connection.garbage('read nothing');
      }
      const chunk = answer.string();
      size += chunk.length;
      // It may grow while it is read.
      if (size > maxBytes) throw refused(`${path} is larger than ${maxBytes} bytes`);
      if (chunk.length === 0) return Buffer.concat(chunks);
      chunks.push(chunk);
    }
  }

  private async done(type: number, what: string, fill: (message: MessageWriter) => void): Promise<void> {
    const { type: answered, answer } = await this.connection.request(type, fill);
    this.statusOf(answered, answer, what);
  }

  /** The code of a status message if it is good or one of those that the caller expects, else what it says is thrown. */
  private statusOf(type: number, answer: MessageReader, what: string, ...expected: readonly number[]): number {
    if (type !== MESSAGE.status) throw this.connection.garbage('gave an answer of another kind');
    const code = answer.u32();
    if (code === STATUS.ok || expected.includes(code)) return code;
    const words = answer.string().toString('utf8').slice(0, 200);
    throw refused(words === '' ? `${what} failed (${code})` : words);
  }
}

function refused(words: string): LxdError {
  return new LxdError('bad-request', words, { lxdMessage: words });
}
