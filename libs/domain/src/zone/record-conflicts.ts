import type { ZoneApex } from './zone-inputs';

/** Numbers of the types that names of the manager's own are jealous of. */
const TYPE = { A: 1, NS: 2, CNAME: 5, SOA: 6, AAAA: 28, DNAME: 39, SSHFP: 44 } as const;

const CONTAINERS_OWN: ReadonlySet<number> = new Set([TYPE.A, TYPE.NS, TYPE.CNAME, TYPE.AAAA, TYPE.DNAME, TYPE.SSHFP]);
const SERVERS_OWN: ReadonlySet<number> = new Set([TYPE.A, TYPE.NS, TYPE.CNAME, TYPE.AAAA, TYPE.DNAME]);
const APEX_OWN: ReadonlySet<number> = new Set([TYPE.SOA, TYPE.NS, TYPE.CNAME, TYPE.DNAME]);

/** Types of records that keep a name from becoming a container's: what would answer in its place, or hide it. */
export const TYPES_THAT_TAKE_A_NAME: readonly number[] = [
  TYPE.A,
  TYPE.NS,
  TYPE.CNAME,
  TYPE.AAAA,
  TYPE.DNAME,
  TYPE.SSHFP,
];

/**
 * Why a record may not stand at its name, or undefined when it may: the zone's top, the name server and containers come first.
 * @param record its zone and owner absolute and in lower case
 * @param isContainer whether the owner is the name of a container
 */
export function recordConflict(
  { zone, owner, type }: { zone: string; owner: string; type: number },
  apex: Pick<ZoneApex, 'nameserver'>,
  isContainer: boolean,
): string | undefined {
  if (owner === zone && APEX_OWN.has(type)) return 'the top of the zone has its own SOA and NS records, and no alias';
  if (owner === apex.nameserver && SERVERS_OWN.has(type) && owner !== zone) return "it is the name server's own name";
  if (owner === apex.nameserver && owner === zone && (type === TYPE.A || type === TYPE.AAAA))
    return "it is the name server's own name";
  if (isContainer && CONTAINERS_OWN.has(type)) return 'it is the name of a container';
  return undefined;
}
