import { Name } from './name';
import { OwnerDraft } from './owner-draft';
import { ProblemList } from './problem-list';
import { RrType } from './rr-type';
import { Rrset } from './rrset';
import { LateName } from './zone-data';

/** The RRsets of a late name. Nobody waits for its problems any more: what cannot be served is left out, with a warning of the process. */
export function lateRrsets(owner: Name, late: LateName): Rrset[] {
  const problems = new ProblemList();
  const draft = new OwnerDraft(owner, problems);
  for (const data of late.rrsets()) draft.add(data, RrType[data.type], Name.ROOT);
  for (const { type, message } of problems.items)
    process.emitWarning(`${owner.toString()} ${type ?? ''} is not served: ${message}`);
  return draft.rrsets();
}
