import { DeliveredKey, KeyState, keyStateOf } from '@lxdm/domain';
import { Transactor } from '../database/transactor';
import { digestOfProject, ENTITLED } from './wanted-keys';

/** A key that the manager put into an account. */
export interface PlacedDelivery extends DeliveredKey {
  /** Of the account; empty for a key of cloud-init's document, which may be in any. */
  home: string;
}

/** The keys that are to open a container, and what of them is known to be there. */
export interface WantedKeys {
  digest: string;
  wanted: DeliveredKey[];
  placed: PlacedDelivery[];
  /** Whether it ran when it was seen last. */
  running: boolean;
  /** How long ago the container was seen to have booted, in seconds; null when nobody saw it. */
  bootedAgo: number | null;
}

/** One key of a container, as its page shows it. */
export interface ContainerKeyView {
  fingerprint: string;
  type: string;
  comment: string;
  owner: { id: string; name: string } | null;
  source: 'profile' | 'gitlab' | null;
  state: KeyState;
  detail: string | null;
}

/** The keys of a container and when they were looked at last. */
export interface ContainerKeysView {
  checkedAt: Date | null;
  error: string | null;
  keys: ContainerKeyView[];
}

interface KeyRow extends Omit<ContainerKeyView, 'state' | 'detail' | 'owner'> {
  ownerId: string | null;
  ownerName: string | null;
  wanted: boolean;
  placed: boolean;
  confirmed: boolean;
}

interface HeadRow {
  checkedAt: Date | null;
  error: string | null;
  settled: boolean;
  running: boolean;
  host: string;
  hostError: boolean;
}

/** The entitled keys of the project of the container $1, each once. */
const WANTED = `SELECT DISTINCT ON (k.fingerprint) k.fingerprint, k.public_key, k.type, k.comment, k.source, u.id AS user_id, u.username
  FROM containers c JOIN ${ENTITLED} ON m.project_id = c.project_id WHERE c.id = $1 ORDER BY k.fingerprint, k.source DESC, u.username_key`;

const asKeys = (order: string, besides = ''): string =>
  `coalesce(jsonb_agg(jsonb_build_object('fingerprint', fingerprint, 'publicKey', public_key${besides}) ORDER BY ${order}), '[]')`;

/** Which keys a container is to have, and has. */
export class ContainerKeysRepository {
  constructor(private readonly db: Transactor) {}

  /** What is to be delivered, in one look; null when the container is gone. */
  async wanted(containerId: string): Promise<WantedKeys | null> {
    const [row] = await this.db.query<WantedKeys>(
      `SELECT ${digestOfProject('c.project_id')} AS digest, extract(epoch FROM now() - c.booted_at)::float8 AS "bootedAgo",
         c.observed_status IS NOT DISTINCT FROM 'Running' AND c.missing_since IS NULL AS running,
         (SELECT ${asKeys('username, fingerprint')} FROM (${WANTED}) w) AS wanted,
         (SELECT ${asKeys('home, fingerprint', `, 'home', home`)} FROM placed_keys WHERE container_id = c.id) AS placed
       FROM containers c WHERE c.id = $1 AND c.removed_at IS NULL`,
      [containerId],
    );
    return row ?? null;
  }

  /** Every key that opens the container, is to open it, or is on its way out; nothing for a container that is not there. */
  async viewOf(containerId: string): Promise<ContainerKeysView> {
    const [[head], rows] = await Promise.all([this.head(containerId), this.rows(containerId)]);
    if (!head) return { checkedAt: null, error: null, keys: [] };
    const { checkedAt, error, settled } = head;
    const waiting = !head.running
      ? 'The container does not run.'
      : head.hostError
        ? `Host ${head.host} does not answer.`
        : null;
    const keys = rows.map(({ wanted, placed, confirmed, ownerId, ownerName, ...row }) => ({
      ...row,
      owner: ownerId === null ? null : { id: ownerId, name: ownerName ?? '' },
      ...keyStateOf({ wanted, placed, confirmed, settled, error, waiting }),
    }));
    return { checkedAt, error, keys };
  }

  private head(containerId: string): Promise<HeadRow[]> {
    return this.db.query<HeadRow>(
      `SELECT d.checked_at AS "checkedAt", d.error, coalesce(d.digest = ${digestOfProject('c.project_id')}, false) AS settled,
         c.observed_status IS NOT DISTINCT FROM 'Running' AS running, h.name AS host, h.observed_error IS NOT NULL AS "hostError"
       FROM containers c JOIN hosts h ON h.id = c.host_id LEFT JOIN key_deliveries d ON d.container_id = c.id WHERE c.id = $1 AND c.removed_at IS NULL`,
      [containerId],
    );
  }

  private rows(containerId: string): Promise<KeyRow[]> {
    return this.db.query<KeyRow>(
      `WITH w AS (${WANTED}), p AS (
         SELECT p.fingerprint, min(p.public_key) AS public_key, bool_and(coalesce(p.placed_at <= d.checked_at AND d.digest IS NOT NULL, false)) AS confirmed
         FROM placed_keys p LEFT JOIN key_deliveries d USING (container_id) WHERE p.container_id = $1 GROUP BY p.fingerprint)
       SELECT coalesce(w.fingerprint, p.fingerprint) AS fingerprint, coalesce(w.type, split_part(p.public_key, ' ', 1)) AS type,
         coalesce(w.comment, substr(p.public_key, length(split_part(p.public_key, ' ', 1)) + length(split_part(p.public_key, ' ', 2)) + 3)) AS comment,
         coalesce(w.user_id, o.id) AS "ownerId", coalesce(w.username, o.username) AS "ownerName", coalesce(w.source, o.source) AS source,
         w.fingerprint IS NOT NULL AS wanted, p.fingerprint IS NOT NULL AS placed, coalesce(p.confirmed, false) AS confirmed
       FROM w FULL JOIN p ON p.fingerprint = w.fingerprint
       LEFT JOIN LATERAL (SELECT u.id, u.username, k.source FROM ssh_keys k JOIN users u ON u.id = k.user_id
         WHERE w.fingerprint IS NULL AND k.fingerprint = p.fingerprint ORDER BY u.username_key LIMIT 1) o ON true
       ORDER BY "ownerName" NULLS LAST, comment, fingerprint`,
      [containerId],
    );
  }
}
