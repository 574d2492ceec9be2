/**
 * `@lxdm/entities/zones`: what the name server asks the database, on plain connections. No entity and no ORM is behind this door: loading
 * them cost it a third of its start, and 25 MB.
 */
export type { NewAuditEvent } from './audit/audit.repository';
export { ChangeListener } from './changes/change-listener';
export type { DatabaseOptions } from './database/database-options';
export { isPassingDatabaseFault } from './database/passing-fault';
export { PgSource } from './database/pg-source';
export { SqlTransactor } from './database/sql-transactor';
export { ObservedSecondariesRepository, type SecondaryObservation } from './zones/observed-secondaries.repository';
export { UpdateRefusal } from './zones/update-refusal';
export {
  type UpdatableRecord,
  type UpdateInputs,
  type UpdateScope,
  ZoneUpdatesRepository,
} from './zones/zone-updates.repository';
export type * from './zones/zones-contents';
export { ZonesRepository } from './zones/zones.repository';
