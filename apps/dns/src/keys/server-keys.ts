import { KeyRing, open } from '@lxdm/crypto';
import type { SecondaryContents, ServerKeys as KeyRows, TsigKeyContents } from '@lxdm/entities/zones';
import { TsigKey } from '@lxdm/nameserver';
import type { Logger } from 'pino';

/** A key of a client with what it opens. */
export interface OpenedKey extends Omit<TsigKeyContents, 'secretSealed'> {
  key: TsigKey;
}

/** What the name server knows of its clients and followers; replaced with every version. */
export class ServerKeys {
  private rows: KeyRows | undefined;
  private opened = new Map<string, OpenedKey>();
  private told = new Set<string>();

  constructor(
    private readonly ring: KeyRing,
    private readonly log: Logger,
  ) {}

  /** Takes the rows of a version; true when they differ from those before. */
  take(rows: KeyRows): boolean {
    const { tsigKeys, secondaries } = rows;
    const same = JSON.stringify(this.rows?.tsigKeys) === JSON.stringify(tsigKeys);
    const alike = same && JSON.stringify(this.rows?.secondaries) === JSON.stringify(secondaries);
    this.rows = rows;
    if (!same) this.opened = this.open(tsigKeys);
    return !alike;
  }

  /** Every key that could be opened. */
  get tsigKeys(): readonly TsigKey[] {
    return [...this.opened.values()].map(({ key }) => key);
  }

  get secondaries(): readonly SecondaryContents[] {
    return this.rows?.secondaries ?? [];
  }

  /** What a key opens, given the key that signed a message. */
  of(key: TsigKey): OpenedKey | undefined {
    return this.opened.get(key.name.key);
  }

  /** A key by the id of its row. */
  byId(id: string): OpenedKey | undefined {
    return [...this.opened.values()].find((one) => one.id === id);
  }

  private open(rows: readonly TsigKeyContents[]): Map<string, OpenedKey> {
    const opened = new Map<string, OpenedKey>();
    for (const { secretSealed, ...row } of rows) {
      try {
        const place = { table: 'tsig_keys', column: 'secret', row: row.id };
        const secret = open(this.ring, place, secretSealed);
        const key = new TsigKey({ name: row.name, algorithm: row.algorithm, secret });
        opened.set(key.name.key, { ...row, key });
      } catch (err) {
        // One key that cannot be opened must not take the others with it; it is told once.
        if (!this.told.has(row.id)) this.log.error({ err, key: row.name }, 'a TSIG key cannot be opened');
        this.told.add(row.id);
      }
    }
    return opened;
  }
}
