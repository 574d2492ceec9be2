import type { Duplex } from 'node:stream';
import { FakeFiles, FakeNode, FakeTree, FileRefusal } from './fake-files';
import type { FakeInstance } from './fake-instance';
import type { Fault } from './faults';
import { refusal } from './reply';
import { SftpFields, sftpMessage, sftpString, sftpU32, sftpU64 } from './sftp-fields';

/** One thing that a client does to a container's files, seen before its effect. */
export interface SftpCall {
  readonly instance: string;
  readonly operation:
    'open' | 'close' | 'read' | 'write' | 'lstat' | 'stat' | 'setstat' | 'remove' | 'mkdir' | 'rename';
  readonly path: string;
}

/** Called before the effect of each thing that a client does. */
export type SftpHook = (call: SftpCall) => void | Promise<void>;

interface Handle {
  readonly path: string;
  readonly node: FakeNode;
}

const OPERATIONS: Readonly<Record<number, SftpCall['operation']>> = {
  ...{ 3: 'open', 4: 'close', 5: 'read', 6: 'write', 7: 'lstat', 8: 'stat', 9: 'setstat', 10: 'setstat' },
  ...{ 13: 'remove', 14: 'mkdir', 200: 'rename' },
};

const KIND = { file: 0o100000, directory: 0o040000, symlink: 0o120000, fifo: 0o010000 } as const;
const USUAL_MODE = { file: 0o644, directory: 0o755, symlink: 0o777, fifo: 0o644 } as const;

/** LXD's SFTP server inside a container: version 3, as far as it was tried on 5.0.2, with its words and its faults. */
export class SftpServer {
  private readonly handles = new Map<string, Handle>();
  private readonly files: FakeFiles;
  private made = 0;
  private buffer = Buffer.alloc(0);
  private work = Promise.resolve();

  constructor(
    private readonly socket: Duplex,
    private readonly instance: string,
    tree: FakeTree,
    private readonly hook: () => SftpHook | undefined,
  ) {
    this.files = new FakeFiles(tree);
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk: Buffer) => this.take(chunk));
  }

  take(chunk: Buffer): void {
    this.buffer = Buffer.concat([this.buffer, chunk]);
    while (this.buffer.length >= 4 && this.buffer.length >= 4 + this.buffer.readUInt32BE()) {
      const end = 4 + this.buffer.readUInt32BE();
      const message = this.buffer.subarray(4, end);
      this.buffer = this.buffer.subarray(end);
      // A test that throws in its hook means that the container cuts the connection.
      this.work = this.work.then(() => this.answer(message)).catch(() => void this.socket.destroy());
    }
  }

  private async answer(message: Buffer): Promise<void> {
    const fields = new SftpFields(message);
    const type = fields.u8();
    if (type === 1) return this.send(sftpMessage(2, sftpU32(3), ...['posix-rename@openssh.com', '1'].map(sftpString)));
    const id = fields.u32();
    try {
      this.send(await this.handle(type, id, fields));
    } catch (error) {
      if (!(error instanceof FileRefusal)) throw error;
      this.send(status(id, error.code, error.message));
    }
  }

  private async handle(type: number, id: number, fields: SftpFields): Promise<Buffer> {
    const operation = OPERATIONS[type];
    if (operation === undefined) throw new FileRefusal(8, 'operation unsupported');
    if (operation === 'rename') fields.string();
    const first = fields.string();
    const handle = [4, 5, 6, 8, 10].includes(type) ? this.handleOf(first) : undefined;
    const path = handle?.path ?? first;
    await this.hook()?.({ instance: this.instance, operation, path });
    switch (operation) {
      case 'open':
        return this.open(id, path, fields.u32());
      case 'close':
        this.handles.delete(first);
        return status(id, 0, '');
      case 'read':
        return this.read(id, path, fields.u64(), fields.u32());
      case 'write':
        return this.write(id, path, fields.u64(), fields.bytes());
      case 'lstat':
        return this.attributes(id, this.files.lstat(path), this.files.resolve(path, false), `lstat ${path}`);
      case 'stat':
        return this.attributes(id, handle?.node, path, `stat ${path}`);
      case 'setstat':
        this.files.change(this.files.resolve(path, true), setOf(fields), 'chmod');
        return status(id, 0, '');
      case 'remove':
        this.files.remove(this.files.resolve(path, false));
        return status(id, 0, '');
      case 'mkdir':
        this.files.make(this.files.resolve(path, false), { kind: 'directory' }, 'mkdir');
        return status(id, 0, '');
      case 'rename':
        this.files.rename(this.files.resolve(path, false), this.files.resolve(fields.string(), false));
        return status(id, 0, '');
    }
  }

  private async open(id: number, asked: string, flags: number): Promise<Buffer> {
    const isNew = (flags & 0x28) === 0x28;
    const path = this.files.resolve(asked, !isNew);
    if (isNew) this.files.make(path, { kind: 'file' }, 'open');
    const node = this.files.lstat(path);
    if (!node) throw new FileRefusal(2, `open ${asked}: no such file or directory`);
    const writes = (flags & 0x02) !== 0;
    // Opened for one side, a pipe waits for the other for ever.
    if (node.kind === 'fifo' && (flags & 0x03) !== 0x03) await new Promise(() => undefined);
    if (node.kind === 'directory' && writes) throw new FileRefusal(4, `open ${asked}: is a directory`);
    if (node.frozen && writes) throw new FileRefusal(3, `open ${asked}: operation not permitted`);
    const name = String(++this.made);
    this.handles.set(name, { path, node });
    return sftpMessage(102, sftpU32(id), sftpString(name));
  }

  private read(id: number, path: string, offset: number, length: number): Buffer {
    const content = this.files.read(path);
    if (offset >= content.length) return status(id, 1, 'EOF');
    const chunk = content.subarray(offset, offset + length);
    return sftpMessage(103, sftpU32(id), sftpU32(chunk.length), chunk);
  }

  private write(id: number, path: string, offset: number, bytes: Buffer): Buffer {
    const content = this.files.read(path);
    this.files.write(
      path,
      Buffer.concat([content.subarray(0, offset), bytes, content.subarray(offset + bytes.length)]),
    );
    return status(id, 0, '');
  }

  private attributes(id: number, node: FakeNode | undefined, path: string, what: string): Buffer {
    if (!node) throw new FileRefusal(2, `${what}: no such file or directory`);
    const size = node.size ?? (node.kind === 'file' ? this.files.read(path).length : 0);
    const { uid = 0, gid = 0, mode = USUAL_MODE[node.kind], kind } = node;
    return sftpMessage(
      105,
      sftpU32(id),
      sftpU32(7),
      sftpU64(size),
      sftpU32(uid),
      sftpU32(gid),
      sftpU32(KIND[kind] | mode),
    );
  }

  private handleOf(name: string): Handle {
    const handle = this.handles.get(name);
    if (!handle) throw new FileRefusal(4, 'EBADF');
    return handle;
  }

  private send(message: Buffer): void {
    this.socket.write(message);
  }
}

function status(id: number, code: number, words: string): Buffer {
  return sftpMessage(101, sftpU32(id), sftpU32(code), sftpString(words), sftpString(''));
}

/** LXD 5.0.2 reads the mode before the ids, where the protocol has it behind them: sent together, they are mixed up. */
function setOf(fields: SftpFields): Partial<FakeNode> {
  const flags = fields.u32();
  const mode = flags & 4 ? { mode: fields.u32() & 0o7777 } : {};
  return flags & 2 ? { ...mode, uid: fields.u32(), gid: fields.u32() } : mode;
}

/** Answers the request for a session: hangs or cuts on a fault, refuses where there is no container, else upgrades. */
export function openSftp(
  socket: Duplex,
  head: Buffer,
  instance: FakeInstance | undefined,
  fault: Fault | undefined,
  hook: () => SftpHook | undefined,
): void {
  if (fault?.kind === 'hang') return;
  if (fault !== undefined) {
    socket.destroy();
    return;
  }
  if (instance === undefined) {
    const { body } = refusal(404, 'Instance not found');
    const lines = ['HTTP/1.1 404 Not Found', 'content-type: application/json', `content-length: ${body.length}`];
    socket.end(`${[...lines, 'connection: close'].join('\r\n')}\r\n\r\n${body.toString()}`);
    return;
  }
  socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: sftp\r\nConnection: Upgrade\r\n\r\n');
  new SftpServer(socket, instance.name, instance, hook).take(head);
}
