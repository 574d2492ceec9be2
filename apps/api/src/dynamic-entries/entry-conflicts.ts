import { MAX_SET_OCTETS, MAX_SET_RECORDS } from '@lxdm/domain';
import { RrType, typeName } from '@lxdm/nameserver';

/** What a container's name says by itself. */
const CONTAINERS_OWN: ReadonlySet<number> = new Set([RrType.A, RrType.AAAA, RrType.CNAME, RrType.SSHFP]);

/** What surrounds an entry at its name. */
export interface EntryPlace {
  zone: string;
  nameserver: string;
  owner: string;
  type: number;
  /** Whether a live container has the name. */
  isContainer: boolean;
  /** The types of what else stands there, and by whom. */
  others: readonly { type: number; source: string }[];
}

/** Why records of an entry may not stand at its name, in words; undefined when they may. */
export function entryConflict(place: EntryPlace): string | undefined {
  const { zone, nameserver, owner, type, isContainer, others } = place;
  const what = typeName(type);
  if (owner === zone && type === RrType.CNAME) return 'The top of the zone cannot be a CNAME: it has SOA and NS.';
  if (owner === nameserver && [RrType.A, RrType.AAAA, RrType.CNAME].some((own) => own === type))
    return `${owner} is the name server's own name; no entry may have its ${what}.`;
  if (isContainer && CONTAINERS_OWN.has(type))
    return `${owner} is the name of a container; no entry may have its ${what}.`;
  const cname = others.find((other) => other.type === RrType.CNAME);
  if (type === RrType.CNAME && others.length > 0)
    return `${owner} has ${typeName(others[0]?.type ?? 0)} already; a CNAME stands alone at its name.`;
  if (cname) return `${owner} is a CNAME already (${cname.source}); nothing else can stand there.`;
  return undefined;
}

/** Why a set of records cannot be served, in words; undefined when it can. */
export function setConflict(
  { owner, type }: { owner: string; type: number },
  { records, octets }: { records: number; octets: number },
): string | undefined {
  const what = `With what else stands there, ${owner} would have more than`;
  if (records > MAX_SET_RECORDS) return `${what} ${MAX_SET_RECORDS} records of type ${typeName(type)}.`;
  if (octets > MAX_SET_OCTETS)
    return `${what} ${MAX_SET_OCTETS.toLocaleString('en')} octets of type ${typeName(type)}.`;
  return undefined;
}
