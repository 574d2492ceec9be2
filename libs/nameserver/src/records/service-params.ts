import { fail } from './field-encoders';

/** One SvcParam of SVCB or HTTPS: its key's number and its value in wire form (RFC 9460 §2.2). */
export interface ServiceParam {
  readonly key: number;
  readonly value: Uint8Array;
}

/** Names of SvcParamKeys by number; every other is keyNNN (RFC 9460 §14.3.2, RFC 9461 for dohpath). */
export const serviceParamNames = [
  'mandatory',
  'alpn',
  'no-default-alpn',
  'port',
  'ipv4hint',
  'ech',
  'ipv6hint',
  'dohpath',
] as const;

/** The largest value that is taken: its escaped text stays one line of a zone file. */
export const MAX_PARAM_OCTETS = 4_096;

const NO_DEFAULT_ALPN = 2;
/** The key of alpn. */
export const ALPN = 1;
const DOHPATH = 7;

/** The name of a SvcParamKey in a zone file that all load: dohpath is younger than the others, and Knot 3.2 takes its number only. */
export function serviceParamName(key: number): string {
  return key === DOHPATH ? 'key7' : (serviceParamNames[key] ?? `key${key}`);
}

/** SvcParams in wire form, in the order of their keys (RFC 9460 §2.2), when they are sound together. */
export function encodeServiceParams(priority: number, params: readonly ServiceParam[]): Buffer {
  const sorted = [...params].sort((a, b) => a.key - b.key);
  checkServiceParams(priority, sorted);
  return Buffer.concat(
    sorted.flatMap(({ key, value }) => {
      const head = Buffer.alloc(4);
      head.writeUInt16BE(key);
      head.writeUInt16BE(value.length, 2);
      return [head, value];
    }),
  );
}

/** Refuses SvcParams that a receiver would take for malformed (RFC 9460 §2.2, §7, §8); they come in the order of their keys. */
export function checkServiceParams(priority: number, params: readonly ServiceParam[]): void {
  if (priority === 0 && params.length > 0) fail('an alias (priority 0) has no parameters');
  const keys = new Set<number>();
  for (const { key, value } of params) {
    const name = serviceParamName(key);
    if (!Number.isInteger(key) || key < 0 || key > 65_534) fail(`${key} is no parameter key`);
    if (keys.has(key)) fail(`${name} is given twice`);
    keys.add(key);
    if (value.length > MAX_PARAM_OCTETS)
      fail(`${name} has ${value.length} octets, at most ${MAX_PARAM_OCTETS} are taken`);
    const fault = valueFaults[key]?.(Buffer.from(value));
    if (fault !== undefined) fail(`${name} ${fault}`);
  }
  if (keys.has(NO_DEFAULT_ALPN) && !keys.has(ALPN)) fail('no-default-alpn needs alpn beside it');
  const mandatory = params.find(({ key }) => key === 0);
  for (const key of uint16s(Buffer.from(mandatory?.value ?? []))) {
    if (!keys.has(key)) fail(`mandatory names ${serviceParamName(key)}, which is not there`);
  }
}

type Fault = string | undefined;

const valueFaults: readonly ((value: Buffer) => Fault)[] = [
  (value) => {
    const keys = uint16s(value);
    if (keys.length === 0 || value.length % 2 !== 0) return 'is not a list of keys';
    if (keys.includes(0)) return 'cannot name itself';
    return keys.every((key, index) => index === 0 || key > (keys[index - 1] ?? 0)) ? undefined : 'names a key twice';
  },
  (value) => (alpnIds(value) === undefined ? 'is not a list of protocols' : undefined),
  (value) => (value.length > 0 ? 'takes no value' : undefined),
  (value) => (value.length !== 2 ? 'is not a port' : undefined),
  (value) => (value.length === 0 || value.length % 4 !== 0 ? 'is not a list of IPv4 addresses' : undefined),
  (value) => (value.length === 0 ? 'is empty' : undefined),
  (value) => (value.length === 0 || value.length % 16 !== 0 ? 'is not a list of IPv6 addresses' : undefined),
  // RFC 9461 §5: a relative URI template with the variable dns.
  (value) => (value[0] === 0x2f && value.includes('{?dns}') ? undefined : 'is no path with {?dns}'),
];

/** The protocol names in an alpn value, or undefined when its lengths lie (RFC 9460 §7.1.1). */
export function alpnIds(value: Buffer): Buffer[] | undefined {
  const ids: Buffer[] = [];
  for (let at = 0; at < value.length;) {
    const length = value[at] as number;
    if (length === 0 || at + 1 + length > value.length) return undefined;
    ids.push(value.subarray(at + 1, at + 1 + length));
    at += 1 + length;
  }
  return ids.length > 0 ? ids : undefined;
}

/** Numbers of two octets each; an odd octet at the end is left out. */
export function uint16s(value: Buffer): number[] {
  return Array.from({ length: value.length >> 1 }, (_, index) => value.readUInt16BE(2 * index));
}
