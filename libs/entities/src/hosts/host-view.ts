import type { HostFacts } from '@lxdm/domain';

/** A host as lists and details show it. */
export interface HostView extends HostFacts {
  id: string;
  name: string;
  url: string;
  monitoringUrl: string | null;
  server: 'lxd' | 'incus' | null;
  serverVersion: string | null;
  subnets: string[];
  memoryTotalBytes: number | null;
  memoryUsedBytes: number | null;
  createdAt: Date;
  containersTotal: number;
  containersRunning: number;
}

/** The facts from which a host's state follows, of the table alias `h`, as a JSON-free column list. */
export const HOST_FACTS = `h.deleted_at IS NOT NULL AS deleted, h.pin, h.seen_fingerprint AS "seenFingerprint", h.trusted, h.generation,
  h.observed_generation AS "observedGeneration", h.last_seen_at AS "lastSeenAt", h.observed_error AS error`;

export const HOST_VIEW = `SELECT h.id, h.name, h.url, h.monitoring_url AS "monitoringUrl", h.server, h.server_version AS "serverVersion", ${HOST_FACTS},
  h.memory_total_bytes::float8 AS "memoryTotalBytes", h.memory_used_bytes::float8 AS "memoryUsedBytes", h.created_at AS "createdAt",
  coalesce((SELECT array_agg(s.cidr::text ORDER BY s.family, s.cidr) FROM host_subnets hs JOIN subnets s ON s.id = hs.subnet_id WHERE hs.host_id = h.id), '{}') AS subnets,
  coalesce(n.total, 0)::int AS "containersTotal", coalesce(n.running, 0)::int AS "containersRunning"
  FROM hosts h LEFT JOIN (SELECT host_id, count(*) AS total, count(*) FILTER (WHERE observed_status IN ('Running', 'Ready')) AS running
    FROM containers WHERE removed_at IS NULL GROUP BY host_id) n ON n.host_id = h.id
  WHERE h.removed_at IS NULL`;
