import { recordConflict, ZoneApex, zoneDocuments } from '@lxdm/domain';
import type { UpdatableRecord, UpdateInputs } from '@lxdm/entities/zones';
import {
  applyUpdate,
  buildServableZone,
  canonicalName,
  failedPrerequisite,
  HeldRecord,
  Name,
  recordsAt,
  setLimitFault,
  typeName,
  UpdateFault,
  UpdateMessage,
  UpdateRecord,
} from '@lxdm/nameserver';
import { KeyRights, refusal } from './update-rights';

/** A record of the zone, with its row where it has one. */
type Held = HeldRecord & { readonly row?: UpdatableRecord };

const STANDINGS = { static: 'fixed', dynamic: 'foreign', update: 'own' } as const;

/** What an update comes to, by the data of the moment. */
export type UpdateResult =
  | { readonly fault: UpdateFault }
  | {
      readonly fault?: undefined;
      readonly removed: readonly UpdatableRecord[];
      readonly added: readonly UpdateRecord[];
    };

/** The names of prerequisites and changes, each once. */
export function namesOf({ prerequisites, changes }: UpdateMessage): Name[] {
  return [...new Map([...prerequisites, ...changes].map(({ name }) => [name.key, name])).values()];
}

/**
 * Prerequisites first (RFC 2136 §3.2), then the changes on a copy (§3.4.2): what they come to must be within the key's rights,
 * must leave alone what is not an update's, and must be servable. Else nothing is done. Pure.
 */
export function decideUpdate(
  apex: ZoneApex,
  zone: Name,
  message: UpdateMessage,
  rights: KeyRights,
  inputs: UpdateInputs,
): UpdateResult {
  const held = heldRecords(apex, zone, message, inputs);
  const failed = failedPrerequisite(message.prerequisites, held);
  if (failed) return { fault: failed };
  const conflict = conflictOf(apex, zone, message, inputs);
  if (conflict) return { fault: conflict };

  const { removed, added, after } = applyUpdate(zone, message.changes, held);
  for (const record of removed) {
    if (record.standing === 'fixed')
      return { fault: refusal(`${typeName(record.type)} there is not made by updates, and stays`) };
    // Deleting all of a name touches every type that it has.
    if (!rights.mayUpdateType(record.type))
      return { fault: refusal(`the key may not update ${typeName(record.type)}`) };
  }
  for (const records of after.values()) {
    const fault = setLimitFault(records);
    if (fault !== undefined) return { fault: refusal(fault) };
  }
  return { removed: removed.flatMap(({ row }) => row ?? []), added };
}

/** What is served without records of anybody, then the records: exactly what a query of the name finds. */
function heldRecords(apex: ZoneApex, zone: Name, message: UpdateMessage, inputs: UpdateInputs): Map<string, Held[]> {
  const origin = canonicalName(zone);
  const bare = { zones: inputs.zones, containers: inputs.containers, records: [], wildcard: false };
  const document = zoneDocuments(apex, bare).find((one) => one.origin === origin);
  const own = document && buildServableZone(document).zone;
  const rows = new Map<string, Held[]>();
  for (const row of inputs.records) {
    const { owner, type, ttl, rdata, source } = row;
    const list = rows.get(owner);
    const record: Held = { type, ttl, rdata, standing: STANDINGS[source], row };
    if (list) list.push(record);
    else rows.set(owner, [record]);
  }
  return new Map(
    namesOf(message).map((name) => [
      name.key,
      [...(own ? recordsAt(own, name) : []), ...(rows.get(canonicalName(name)) ?? [])],
    ]),
  );
}

/** Names that are a container's, the name server's or the zone's own take no records that would answer in their place. */
function conflictOf(
  apex: ZoneApex,
  zone: Name,
  { changes }: UpdateMessage,
  { containers }: UpdateInputs,
): UpdateFault | undefined {
  const origin = canonicalName(zone);
  const names = new Set(containers.map(({ name }) => `${name}.${apex.zone}`));
  for (const change of changes) {
    if (change.kind === 'delete-name') continue;
    const owner = canonicalName(change.name);
    const reason = recordConflict({ zone: origin, owner, type: change.type }, apex, names.has(owner));
    if (reason !== undefined) return refusal(`${typeName(change.type)} of ${owner}: ${reason}`);
  }
  return undefined;
}
