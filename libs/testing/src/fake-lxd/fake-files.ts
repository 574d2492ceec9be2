/** What lies at a path besides regular files: those are in `files`, and here too if they have an owner or a mode of their own. */
export interface FakeNode {
  readonly kind: 'file' | 'directory' | 'symlink' | 'fifo';
  readonly uid?: number;
  readonly gid?: number;
  readonly mode?: number;
  /** Of a link. */
  readonly target?: string;
  /** true: nothing about it can be changed, as after chattr +i on the host. */
  readonly frozen?: boolean;
  /** What it says of its size, without having it: a sparse file. */
  readonly size?: number;
}

/** A refusal of the file system: the code of the SFTP status, and Go's words. */
export class FileRefusal extends Error {
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}

/** A container's file system: flat maps of paths. */
export interface FakeTree {
  readonly files: Map<string, Buffer>;
  readonly nodes: Map<string, FakeNode>;
}

/** A fresh container: root has a home, and /etc/passwd says so. */
export function freshTree(): FakeTree {
  return {
    files: new Map([['/etc/passwd', Buffer.from('root:x:0:0:root:/root:/bin/bash\n')]]),
    nodes: new Map([
      ['/root', { kind: 'directory', mode: 0o700 }],
      ['/home', { kind: 'directory' }],
      ['/run', { kind: 'directory' }],
    ]),
  };
}

const MOST_LINKS = 10;

/** Looks at and changes a tree as a kernel would, with Go's words where it refuses. */
export class FakeFiles {
  constructor(private readonly tree: FakeTree) {}

  /** The node at a path, the link itself where it is one; a directory is there as soon as something lies in it. */
  lstat(path: string): FakeNode | undefined {
    return this.nodeAt(this.resolve(path, false));
  }

  /** The path behind all links, the last one too if `follow`. */
  resolve(path: string, follow: boolean): string {
    let todo = path.split('/').filter((part) => part !== '' && part !== '.');
    let done = '';
    for (let links = 0; todo.length > 0;) {
      const next = `${done}/${todo[0] ?? ''}`;
      todo = todo.slice(1);
      const node = this.nodeAt(next);
      if (node?.kind !== 'symlink' || (todo.length === 0 && !follow)) {
        done = next;
        continue;
      }
      if (++links > MOST_LINKS) throw new FileRefusal(4, `${path}: too many levels of symbolic links`);
      const target = node.target ?? '';
      todo = [...target.split('/').filter((part) => part !== ''), ...todo];
      if (target.startsWith('/')) done = '';
    }
    return done === '' ? '/' : done;
  }

  read(path: string): Buffer {
    return this.tree.files.get(path) ?? Buffer.alloc(0);
  }

  write(path: string, content: Buffer): void {
    this.tree.files.set(path, content);
  }

  change(path: string, change: Partial<FakeNode>, what: string): void {
    const node = this.nodeAt(path);
    if (!node) throw new FileRefusal(2, `${what} ${path}: no such file or directory`);
    if (node.frozen) throw new FileRefusal(3, `${what} ${path}: operation not permitted`);
    this.tree.nodes.set(path, { ...node, ...change });
  }

  make(path: string, node: FakeNode, what: string): void {
    const parent = this.nodeAt(path.slice(0, path.lastIndexOf('/')) || '/');
    if (!parent) throw new FileRefusal(2, `${what} ${path}: no such file or directory`);
    if (parent.kind !== 'directory') throw new FileRefusal(4, `${what} ${path}: not a directory`);
    if (parent.frozen) throw new FileRefusal(3, `${what} ${path}: operation not permitted`);
    if (this.nodeAt(path)) throw new FileRefusal(4, `${what} ${path}: file exists`);
    this.tree.nodes.set(path, node);
    if (node.kind === 'file') this.tree.files.set(path, Buffer.alloc(0));
  }

  remove(path: string): void {
    const node = this.nodeAt(path);
    if (!node) throw new FileRefusal(2, `remove ${path}: no such file or directory`);
    if (node.kind === 'directory' && this.hasEntries(path))
      throw new FileRefusal(4, `remove ${path}: directory not empty`);
    this.tree.files.delete(path);
    this.tree.nodes.delete(path);
  }

  rename(from: string, to: string): void {
    const node = this.nodeAt(from);
    if (!node) throw new FileRefusal(2, `rename ${from} ${to}: no such file or directory`);
    const there = this.nodeAt(to);
    if (there?.kind === 'directory') throw new FileRefusal(4, `rename ${from} ${to}: file exists`);
    if (there?.frozen) throw new FileRefusal(3, `rename ${from} ${to}: operation not permitted`);
    const content = this.read(from);
    this.remove(from);
    this.tree.nodes.set(to, node);
    this.tree.files.set(to, content);
  }

  private nodeAt(path: string): FakeNode | undefined {
    const known = this.tree.nodes.get(path);
    if (known) return known;
    if (this.tree.files.has(path)) return { kind: 'file' };
    return path === '/' || this.hasEntries(path) ? { kind: 'directory' } : undefined;
  }

  private hasEntries(path: string): boolean {
    const paths = [...this.tree.files.keys(), ...this.tree.nodes.keys()];
    return paths.some((other) => other.startsWith(`${path}/`));
  }
}
