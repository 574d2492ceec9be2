import type { DesiredContainer, HostFacts, ObservedContainer } from '@lxdm/domain';
import { HOST_FACTS } from '../hosts/host-view';

/** An address as lists show it. */
export interface AddressView {
  address: string;
  family: 4 | 6;
  interface: string;
  assigned: boolean;
  present: boolean;
}

/** A container with the facts from which its status follows, as lists and details show it. */
export interface ContainerView {
  id: string;
  name: string;
  description: string;
  nesting: boolean;
  image: string | null;
  createdAt: Date;
  observedAt: Date | null;
  projectId: string | null;
  projectName: string | null;
  hostId: string;
  hostName: string;
  desired: DesiredContainer;
  observed: ObservedContainer;
  host: HostFacts;
  /** The name of the last step of the oldest outstanding operation. */
  step: string | null;
  addresses: AddressView[];
}

/** A row as the query below returns it. */
export interface ContainerRow extends Omit<HostFacts, 'generation' | 'deleted' | 'observedGeneration' | 'error'> {
  id: string;
  name: string;
  description: string;
  nesting: boolean;
  image: string | null;
  createdAt: Date;
  observedAt: Date | null;
  projectId: string | null;
  projectName: string | null;
  hostId: string;
  hostName: string;
  power: 'running' | 'stopped' | null;
  restartGeneration: number;
  containerDeleted: boolean;
  containerGeneration: number;
  observedStatus: string | null;
  created: boolean;
  missing: boolean;
  containerObservedGeneration: number;
  observedRestartGeneration: number;
  containerError: string | null;
  deleted: boolean;
  generation: number;
  observedGeneration: number;
  error: string | null;
  step: string | null;
}

export const CONTAINER_COLUMNS = `SELECT c.id, c.name, c.description, c.nesting, coalesce(c.image, c.observed_image) AS image, c.created_at AS "createdAt",
  c.observed_at AS "observedAt", c.project_id AS "projectId", p.name AS "projectName", c.host_id AS "hostId", h.name AS "hostName",
  c.power, c.restart_generation AS "restartGeneration", c.deleted_at IS NOT NULL AS "containerDeleted", c.generation AS "containerGeneration",
  c.observed_status AS "observedStatus", c.created_on_host_at IS NOT NULL AS created, c.missing_since IS NOT NULL AS missing,
  c.observed_generation AS "containerObservedGeneration", c.observed_restart_generation AS "observedRestartGeneration", c.observed_error AS "containerError",
  ${HOST_FACTS},
  CASE WHEN c.generation <> c.observed_generation THEN (SELECT o.steps -> -1 ->> 'name' FROM operations o
    WHERE o.target_id = c.id AND o.status IN ('Pending', 'Running') ORDER BY o.seq LIMIT 1) END AS step`;

export const CONTAINER_SOURCE = `FROM containers c JOIN hosts h ON h.id = c.host_id LEFT JOIN projects p ON p.id = c.project_id WHERE c.removed_at IS NULL`;

/** Groups the flat row by writer, as the rules want it. */
export function viewOf(row: ContainerRow, addresses: AddressView[]): ContainerView {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    nesting: row.nesting,
    image: row.image,
    createdAt: row.createdAt,
    observedAt: row.observedAt,
    projectId: row.projectId,
    projectName: row.projectName,
    hostId: row.hostId,
    hostName: row.hostName,
    desired: {
      power: row.power,
      restartGeneration: row.restartGeneration,
      deleted: row.containerDeleted,
      generation: row.containerGeneration,
    },
    observed: {
      status: row.observedStatus,
      created: row.created,
      missing: row.missing,
      generation: row.containerObservedGeneration,
      restartGeneration: row.observedRestartGeneration,
      error: row.containerError,
    },
    host: {
      deleted: row.deleted,
      pin: row.pin,
      seenFingerprint: row.seenFingerprint,
      trusted: row.trusted,
      generation: row.generation,
      observedGeneration: row.observedGeneration,
      lastSeenAt: row.lastSeenAt,
      error: row.error,
    },
    step: row.step,
    addresses,
  };
}
