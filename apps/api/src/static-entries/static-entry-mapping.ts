import type { StaticEntryView } from '@lxdm/entities';
import { rdataText, typeName, WireRecord } from '@lxdm/nameserver';
import type { StaticEntry, TextRecord } from './dto/static-entry';

/** An entry as admins see it. */
export function staticEntryOf(view: StaticEntryView): StaticEntry {
  return { ...view, updatedAt: view.updatedAt.toISOString() };
}

/** A record of a text as people read it. */
export function textRecordOf({ owner, type, ttl, rdata, line }: WireRecord): TextRecord {
  return { owner, type: typeName(type), ttl, data: rdataText(type, rdata), line };
}
