import { ipv4Text, ipv6Text } from './address-text';
import { fail } from './field-encoders';
import { escapedText } from './octet-text';
import { RdataReader } from './rdata-reader';
import { ALPN, alpnIds, checkServiceParams, ServiceParam, serviceParamName, uint16s } from './service-params';

/** SvcParams in presentation form (RFC 9460 §2.1), read from the end of SVCB RDATA. */
export function serviceParamsText(priority: number, reader: RdataReader): string[] {
  const params: ServiceParam[] = [];
  let last = -1;
  while (!reader.done) {
    const key = reader.uint(2);
    if (key <= last) fail('the parameters are not in order');
    params.push({ key, value: reader.take(reader.uint(2)) });
    last = key;
  }
  checkServiceParams(priority, params);
  return params.map(({ key, value }) => paramText(key, Buffer.from(value)));
}

function paramText(key: number, value: Buffer): string {
  // Servers do not agree on escapes in lists, and Knot 3.2 takes one octet before a comma for none: octets are read alike.
  const isOdd = key === ALPN && !alpnIds(value)?.every((id) => /^[A-Za-z0-9/._-]{2,}$/.test(id.toString('latin1')));
  const name = isOdd ? `key${key}` : serviceParamName(key);
  const text = (isOdd ? undefined : knownTexts[key]?.(value)) ?? escapedText(value);
  return text === '' ? name : `${name}="${text}"`;
}

/** How the values of the keys from 0 are written (RFC 9460 §7, §8); a key without an entry is written as octets. */
const knownTexts: readonly ((value: Buffer) => string)[] = [
  (value) => uint16s(value).map(serviceParamName).join(','),
  (value) => (alpnIds(value) ?? []).join(','),
  () => '',
  (value) => String(value.readUInt16BE(0)),
  (value) => slices(value, 4).map(ipv4Text).join(','),
  (value) => value.toString('base64'),
  (value) => slices(value, 16).map(ipv6Text).join(','),
];

function slices(value: Buffer, size: number): Buffer[] {
  return Array.from({ length: value.length / size }, (_, index) => value.subarray(index * size, (index + 1) * size));
}
