import type { ListedStaticEntry as ListedView } from '@lxdm/entities';
import { rdataText, typeName, WireRecord } from '@lxdm/nameserver';
import type { ListedStaticEntry, TextRecord } from './dto/static-entry';

/** An entry as admins see it, with its text where that was read. */
export function staticEntryOf<View extends ListedView>(view: View): Omit<View, 'updatedAt'> & ListedStaticEntry {
  return { ...view, updatedAt: view.updatedAt.toISOString() };
}

/** A record of a text as people read it. */
export function textRecordOf({ owner, type, ttl, rdata, line }: WireRecord): TextRecord {
  return { owner, type: typeName(type), ttl, data: rdataText(type, rdata), line };
}
