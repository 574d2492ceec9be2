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

/** A container's row as the query below returns it: what belongs to its host is read once a host, not once a row. */
export interface ContainerRow {
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
  power: 'running' | 'stopped' | null;
  restartGeneration: number;
  deleted: boolean;
  generation: number;
  observedStatus: string | null;
  created: boolean;
  missing: boolean;
  observedGeneration: number;
  observedRestartGeneration: number;
  error: string | null;
  step: string | null;
}

/** What the rows of one host have in common. */
export interface ContainerHostRow extends HostFacts {
  id: string;
  name: string;
}

export const CONTAINER_COLUMNS = `SELECT c.id, c.name, c.description, c.nesting, coalesce(c.image, c.observed_image) AS image, c.created_at AS "createdAt",
  c.observed_at AS "observedAt", c.project_id AS "projectId", p.name AS "projectName", c.host_id AS "hostId",
  c.power, c.restart_generation AS "restartGeneration", c.deleted_at IS NOT NULL AS deleted, c.generation,
  c.observed_status AS "observedStatus", c.created_on_host_at IS NOT NULL AS created, c.missing_since IS NOT NULL AS missing,
  c.observed_generation AS "observedGeneration", c.observed_restart_generation AS "observedRestartGeneration", c.observed_error AS error,
  CASE WHEN c.generation <> c.observed_generation THEN (SELECT o.steps -> -1 ->> 'name' FROM operations o
    WHERE o.target_id = c.id AND o.type <> 'container.redeploy-keys' AND o.status IN ('Pending', 'Running') ORDER BY o.seq LIMIT 1) END AS step`;

export const CONTAINER_SOURCE = `FROM containers c JOIN hosts h ON h.id = c.host_id LEFT JOIN projects p ON p.id = c.project_id WHERE c.removed_at IS NULL`;

export const CONTAINER_HOSTS = `SELECT h.id, h.name, ${HOST_FACTS} FROM hosts h WHERE h.removed_at IS NULL`;

/** The addresses of the containers whose ids a query yields. */
export const addressesOf = (ids: string): string =>
  `SELECT container_id AS "containerId", host(address) AS address, family, interface, assigned, present FROM addresses
   WHERE container_id IN (${ids}) AND (present OR assigned)`;

/** Groups the flat row by writer, as the rules want it. */
export function viewOf(row: ContainerRow, host: ContainerHostRow, addresses: AddressView[]): ContainerView {
  const { id, name, description, nesting, image, createdAt, observedAt, projectId, projectName, hostId, step } = row;
  const { power, restartGeneration, deleted, generation } = row;
  return {
    id,
    name,
    description,
    nesting,
    image,
    createdAt,
    observedAt,
    projectId,
    projectName,
    hostId,
    hostName: host.name,
    desired: { power, restartGeneration, deleted, generation },
    observed: {
      status: row.observedStatus,
      created: row.created,
      missing: row.missing,
      generation: row.observedGeneration,
      restartGeneration: row.observedRestartGeneration,
      error: row.error,
    },
    host,
    step,
    // Public interfaces first, IPv6 before IPv4: sorting a few here is cheaper than sorting thousands in the database.
    addresses: addresses.sort(publicFirst),
  };
}

function publicFirst(a: AddressView, b: AddressView): number {
  return compare(b.interface, a.interface) || b.family - a.family || compare(a.address, b.address);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
