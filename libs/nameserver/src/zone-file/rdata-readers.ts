import { dsLengths, sshfpLengths, tlsaLengths } from '../records/digest-lengths';
import { octetsOf } from '../records/field-encoders';
import { naptrRegexpFault } from '../records/naptr-regexp';
import { EncodedType, RecordDataByType, ServiceBindingData, SoaData } from '../zone-data';
import { Fields } from './fields';
import { readServiceParams } from './service-param-reader';
import { EntryFault } from './zone-file-problem';

/** How the RDATA of each type is written (its RFC's "presentation format"); names come out absolute. */
export const rdataReaders: { readonly [T in EncodedType]: (fields: Fields) => RecordDataByType[T] } = {
  A: (fields) => fields.ipv4(),
  AAAA: (fields) => fields.ipv6(),
  NS: (fields) => fields.name('the name of the name server'),
  CNAME: (fields) => fields.name('the name that this one stands for'),
  PTR: (fields) => fields.name('the name of the host'),
  MX: (fields) => ({
    preference: fields.uint16('the preference'),
    exchange: fields.name('the name of the mail server'),
  }),
  TXT: (fields) => {
    const strings = [fields.string('a string')];
    while (!fields.done) strings.push(fields.string('a string'));
    return strings;
  },
  SRV: (fields) => ({
    priority: fields.uint16('the priority'),
    weight: fields.uint16('the weight'),
    port: fields.uint16('the port'),
    target: fields.name('the name of the host'),
  }),
  CAA: (fields) => {
    const flags = fields.uint8('the flags');
    const tag = fields.bare('the tag');
    if (!/^[A-Za-z0-9]{1,15}$/.test(tag.text)) fields.refuse(tag, 'the tag', 'issue, issuewild or iodef');
    return { flags, tag: tag.text.toLowerCase(), value: fields.text(fields.take('the value'), 4_096) };
  },
  SSHFP: (fields) => {
    const algorithm = fields.uint8('the algorithm');
    const fingerprintType = fields.uint8('the type of the fingerprint');
    return { algorithm, fingerprintType, fingerprint: fields.hex('the fingerprint', sshfpLengths[fingerprintType]) };
  },
  DS: (fields) => {
    const keyTag = fields.uint16('the key tag');
    const algorithm = fields.uint8('the algorithm');
    const digestType = fields.oneOf('the type of the digest', Object.keys(dsLengths));
    return { keyTag, algorithm, digestType, digest: fields.hex('the digest', dsLengths[digestType]) };
  },
  TLSA: (fields) => {
    const usage = fields.uint8('the usage');
    const selector = fields.uint8('the selector');
    const matchingType = fields.uint8('the matching type');
    return { usage, selector, matchingType, data: fields.hex('the data', tlsaLengths[matchingType]) };
  },
  NAPTR: readNaptr,
  SVCB: readServiceBinding,
  HTTPS: readServiceBinding,
};

function readNaptr(fields: Fields): RecordDataByType['NAPTR'] {
  const order = fields.uint16('the order');
  const preference = fields.uint16('the preference');
  const flags = fields.take('the flags');
  const services = fields.string('the services');
  const regexp = fields.take('the regular expression');
  const expression = fields.text(regexp, 255);
  const fault = naptrRegexpFault(octetsOf(expression));
  if (fault !== undefined) throw new EntryFault('bad-field', regexp, `the regular expression: ${fault}`);
  if (!/^[A-Za-z0-9]{0,255}$/.test(flags.text))
    fields.refuse(flags, 'the flags', 'letters and digits in quotation marks: "u"');
  return {
    order,
    preference,
    flags: flags.text,
    services,
    regexp: expression,
    replacement: fields.name('the replacement (. for none)'),
  };
}

function readServiceBinding(fields: Fields): ServiceBindingData {
  return {
    priority: fields.uint16('the priority'),
    target: fields.name('the name of the host (. for the owner itself)'),
    params: readServiceParams(fields),
  };
}

/** The RDATA of an SOA (RFC 1035 §3.3.13), without its TTL. */
export function readSoa(fields: Fields): Omit<SoaData, 'ttl'> {
  const mname = fields.name('the name of the primary name server');
  const rname = fields.take('the address of who is responsible');
  if (rname.text.includes('@') && rname.text !== '@')
    fields.refuse(rname, 'the address of who is responsible', 'it with a dot for the @');
  const responsible = fields.nameOf(rname);
  const serial = fields.integer('the serial', 0xffffffff);
  const [refresh, retry, expire, minimum] = [
    fields.seconds('the refresh time'),
    fields.seconds('the retry time'),
    fields.seconds('the expire time'),
    fields.seconds('the minimum'),
  ];
  return { mname, rname: responsible, serial, refresh, retry, expire, minimum };
}
