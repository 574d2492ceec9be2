import { Transactor } from '../database/transactor';

/** What a process does with its key ring; sealing itself lives elsewhere. */
export interface RingCheck {
  /** A fresh canary under this ring. */
  make: () => string;
  /** Whether the canary is under the newest key; throws when the ring does not open it. */
  isCurrent: (canary: string) => boolean;
}

/** The sealed text by which a process finds out that it holds another key ring than the one of this database. */
export class KeyCheckRepository {
  constructor(private readonly db: Transactor) {}

  /**
   * Holds a ring against the database, before anything is sealed or opened with it; passes on what `isCurrent` throws.
   * @param row which of the rings it is
   * @returns `first` when the database had no canary and has this ring's now, `renewed` when a newer key has sealed it again
   */
  async verify(ring: RingCheck, row = 1): Promise<'first' | 'matches' | 'renewed'> {
    // Of two processes that come first at the same time, the second checks itself against the other one's canary.
    const made = await this.db.query(
      'INSERT INTO key_check (id, canary) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING id',
      [row, ring.make()],
    );
    if (made.length > 0) return 'first';
    const [found] = await this.db.query<{ canary: string }>('SELECT canary FROM key_check WHERE id = $1', [row]);
    if (!found) throw new Error('The key check vanished while it was read.');
    if (ring.isCurrent(found.canary)) return 'matches';
    await this.db.query('UPDATE key_check SET canary = $2 WHERE canary = $1', [found.canary, ring.make()]);
    return 'renewed';
  }
}
