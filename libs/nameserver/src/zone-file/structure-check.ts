import { Name } from '../name';
import { ProblemList } from '../problem-list';
import { typeName } from '../rr-type';
import { ZoneDraft } from '../zone-draft';
import { linkNodes } from '../zone-links';
import { ProblemLog } from './problem-log';
import { ZoneFileRrset } from './rrset-collector';
import { TextPlace } from './zone-file-problem';

const NOWHERE: TextPlace = { line: 1, column: 1 };

/** What delegations hide, or lack: what the zone would refuse when it is built, at the place where it is written. */
export function checkStructure(zone: Name, rrsets: readonly ZoneFileRrset[], problems: ProblemLog): void {
  const apex = zone.toString();
  if (!rrsets.some(({ type, name }) => type === 'NS' && name !== apex)) return;
  const found = new ProblemList();
  const draft = new ZoneDraft(zone, found);
  for (const rrset of rrsets) draft.add(rrset);
  linkNodes(draft);
  if (found.items.length === 0) return;
  const places = new Map<string, TextPlace>();
  for (const rrset of rrsets) {
    const [place] = rrset.places;
    if (place) places.set(`${String(rrset.name)} ${asToldOf(rrset.type)}`, place);
  }
  for (const { code, message, owner, type } of found.items) {
    problems.add(code, places.get(`${owner ?? ''} ${type ?? ''}`) ?? NOWHERE, message);
  }
}

/** Problems speak of types by their mnemonics, where there is one. */
function asToldOf(type: string): string {
  return type.startsWith('TYPE') ? typeName(Number(type.slice('TYPE'.length))) : type;
}
