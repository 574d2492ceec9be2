import { ipv4Octets, ipv6Octets } from '../address';
import { quote } from '../records/field-encoders';
import { serviceParamNames, ServiceParam } from '../records/service-params';
import { Fields } from './fields';
import { Token, tokenOctets } from './token';
import { EntryFault } from './zone-file-problem';

/** The SvcParams at the end of an SVCB or HTTPS record (RFC 9460 §2.1); that they fit together is checked when they are encoded. */
export function readServiceParams(fields: Fields): ServiceParam[] {
  const params: ServiceParam[] = [];
  const seen = new Set<number>();
  while (!fields.done) {
    const token = fields.take('a parameter');
    const param = readParam(token);
    if (seen.has(param.key)) throw new EntryFault('bad-field', token, 'this parameter is given twice: delete one');
    seen.add(param.key);
    params.push(param);
  }
  return params;
}

function readParam(token: Token): ServiceParam {
  const equals = token.text.indexOf('=');
  const name = equals < 0 ? token.text : token.text.slice(0, equals);
  const key = paramKey(name);
  if (token.quotes === 'whole' || key === undefined) {
    const known = serviceParamNames.join(', ');
    throw new EntryFault(
      'bad-field',
      token,
      `${quote(name)} is no parameter: write key=value, with one of ${known} or key0 to key65534`,
    );
  }
  const { octets } = tokenOctets(token, equals < 0 ? token.text.length : equals + 1);
  // keyNNN has its value in wire form, whatever its number.
  const read = name.startsWith('key') ? undefined : valueReaders[key];
  const value = read ? read(octets) : octets;
  if (!value) throw new EntryFault('bad-field', token, `${name} has ${expected[key] ?? 'another value'}`);
  return { key, value };
}

function paramKey(name: string): number | undefined {
  const known = (serviceParamNames as readonly string[]).indexOf(name);
  if (known >= 0) return known;
  if (!/^key(0|[1-9][0-9]{0,4})$/.test(name)) return undefined;
  const number = Number(name.slice(3));
  return number <= 65_534 ? number : undefined;
}

const expected = [
  'the names of other parameters: alpn,port',
  'protocols of 1 to 255 octets: h2,h3',
  'no value',
  'a port from 0 to 65535',
  'IPv4 addresses: 192.0.2.1,192.0.2.2',
  'base64',
  'IPv6 addresses: 2001:db8::1,2001:db8::2',
  'a path with {?dns}',
];

const valueReaders: readonly ((octets: Buffer) => Buffer | undefined)[] = [
  (octets) =>
    joined(
      items(octets)
        .map((item) => uint16(paramKey(item.toString('latin1'))))
        .sort((a, b) => (a && b ? a.compare(b) : 0)),
    ),
  (octets) =>
    joined(items(octets).map((id) => (id.length > 0 && id.length < 256 ? Buffer.of(id.length, ...id) : undefined))),
  (octets) => (octets.length === 0 ? octets : undefined),
  (octets) => (/^[0-9]{1,5}$/.test(octets.toString('latin1')) ? uint16(Number(octets)) : undefined),
  (octets) => joined(items(octets).map((item) => ipv4Octets(item.toString('latin1')))),
  (octets) => {
    const value = Buffer.from(octets.toString('latin1'), 'base64');
    return value.length > 0 && value.toString('base64') === octets.toString('latin1') ? value : undefined;
  },
  (octets) => joined(items(octets).map((item) => ipv6Octets(item.toString('latin1')))),
];

function uint16(number: number | undefined): Buffer | undefined {
  if (number === undefined || !(number <= 0xffff)) return undefined;
  return Buffer.of(number >> 8, number & 0xff);
}

function joined(parts: readonly (Buffer | undefined)[]): Buffer | undefined {
  const sound = parts.filter((part) => part !== undefined);
  return sound.length === parts.length ? Buffer.concat(sound) : undefined;
}

/** A value-list: items between commas, where a backslash takes the next octet as it is (RFC 9460 appendix A.1). */
function items(octets: Buffer): Buffer[] {
  const found: number[][] = [[]];
  for (let at = 0; at < octets.length; at++) {
    const octet = octets[at] as number;
    if (octet === 0x2c) found.push([]);
    else if (octet !== 0x5c) found.at(-1)?.push(octet);
    else if (at + 1 < octets.length) found.at(-1)?.push(octets[(at += 1)] as number);
    else return [];
  }
  return found.map((item) => Buffer.from(item));
}
