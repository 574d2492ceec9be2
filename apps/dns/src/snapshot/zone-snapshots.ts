import { open, readFile, rename } from 'node:fs/promises';
import type { ZoneApex } from '@lxdm/domain';
import type { Logger } from 'pino';
import type { ZonesVersion } from '../zone/zone-keeper';
import { decodeSnapshot, encodeSnapshot, Snapshot } from './snapshot-format';

/** Between two writes, in milliseconds: a storm of changes must not become one of the disk. */
const PAUSE_MS = 5_000;

/** The last good zones on disk, for a start without a database. Nothing that goes wrong here is in the way of serving. */
export class ZoneSnapshots {
  private wanted: ZonesVersion | undefined;
  private saved = '';
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> = Promise.resolve();

  constructor(
    /** Null keeps none. */
    private readonly file: string | null,
    private readonly apex: ZoneApex,
    private readonly log: Logger,
    private readonly pauseMs = PAUSE_MS,
  ) {}

  /** What an earlier process saved; undefined when there is nothing that can be served. */
  async load(): Promise<Snapshot | undefined> {
    if (this.file === null) return undefined;
    try {
      return decodeSnapshot(await readFile(this.file), this.apex);
    } catch (err) {
      if ((err as NodeJS.ErrnoException).code !== 'ENOENT')
        this.log.warn({ err, file: this.file }, 'the snapshot of the zones cannot be used');
      return undefined;
    }
  }

  /** Saves a version before long, unless it is saved already; never waits. */
  readonly note = (version: ZonesVersion): void => {
    if (this.file === null || version.how === 'snapshot' || stateOf(version) === this.saved) return;
    this.wanted = version;
    this.timer ??= setTimeout(() => this.write(), this.pauseMs);
  };

  /** Saves what is still to be saved. */
  async close(): Promise<void> {
    if (this.timer) this.write();
    await this.writing;
  }

  private write(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const { wanted: version, file } = this;
    this.wanted = undefined;
    if (!version || file === null) return;
    this.writing = this.writing
      .then(() => this.replace(file, version))
      .then(
        () => void (this.saved = stateOf(version)),
        (err: unknown) => this.log.warn({ err, file }, 'the snapshot of the zones cannot be written'),
      );
  }

  /** The file is there whole, the old one or the new one, also after a crash. */
  private async replace(path: string, version: ZonesVersion): Promise<void> {
    const octets = await encodeSnapshot(version, this.apex, new Date());
    const draft = `${path}.${process.pid}.new`;
    const file = await open(draft, 'w', 0o600);
    try {
      await file.writeFile(octets);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  }
}

/** What two versions have in common that need one snapshot: everything but what the feed said meanwhile. */
function stateOf({ built: _built, seq: _seq, how: _how, ...state }: ZonesVersion): string {
  return JSON.stringify(state);
}
