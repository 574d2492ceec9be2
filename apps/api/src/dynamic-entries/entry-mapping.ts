import type { DynamicEntryView, DynamicTokenView } from '@lxdm/entities';
import { rdataText, typeName } from '@lxdm/nameserver';
import type { DynamicEntry, EntryToken } from './dto/dynamic-entry';

/** An entry on the wire; whoever comes with its token is not told who its owners are. */
export function entryOf(view: DynamicEntryView, forToken: boolean): DynamicEntry {
  const { id, zone, title, template, owner, type, ttl, container, owners, networks, values } = view;
  return {
    id,
    zone,
    title,
    template,
    owner,
    type: typeName(type),
    ttl,
    container,
    owners: forToken ? [] : owners,
    networks,
    values: values.map(({ id: valueId, value, rdata, expiresAt, createdAt, by }) => ({
      id: valueId,
      value,
      data: rdataText(type, rdata),
      expiresAt: expiresAt?.toISOString() ?? null,
      createdAt: createdAt.toISOString(),
      by,
    })),
    createdAt: view.createdAt.toISOString(),
    updatedAt: view.updatedAt.toISOString(),
  };
}

/** A token of an entry on the wire. */
export function entryTokenOf(view: DynamicTokenView): EntryToken {
  const { id, name, networks, lastUsedAddress, createdBy, state } = view;
  return {
    id,
    name,
    networks,
    expiresAt: view.expiresAt?.toISOString() ?? null,
    lastUsedAt: view.lastUsedAt?.toISOString() ?? null,
    lastUsedAddress,
    createdAt: view.createdAt.toISOString(),
    createdBy,
    state,
  };
}
