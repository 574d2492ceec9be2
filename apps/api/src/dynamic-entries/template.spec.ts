import { rdataText } from '@lxdm/nameserver';
import { readTemplate, recordOf } from './template';

const ZONE = 'ct.example.org.';
const TXT = readTemplate('_acme-challenge.web1 60 IN TXT "%s"', ZONE);
const dataOf = (text: string, value: string): string => {
  const template = readTemplate(text, ZONE);
  return rdataText(template.type, recordOf(template, ZONE, value).rdata);
};
/** The character-strings of a TXT record. */
function strings(rdata: Buffer): Buffer[] {
  const found: Buffer[] = [];
  for (let at = 0; at < rdata.length; at += 1 + (rdata[at] ?? 0))
    found.push(rdata.subarray(at + 1, at + 1 + (rdata[at] ?? 0)));
  return found;
}

describe('a template that can be taken', () => {
  it.each<[string, string, number, number]>([
    ['_acme-challenge.web1 60 IN TXT "%s"', '_acme-challenge.web1.ct.example.org.', 16, 60],
    ['_acme-challenge.web1 TXT %s', '_acme-challenge.web1.ct.example.org.', 16, 60],
    ['WWW 1h IN A %s', 'www.ct.example.org.', 1, 3600],
    ['www IN 300 AAAA %s', 'www.ct.example.org.', 28, 300],
    ['home CNAME %s', 'home.ct.example.org.', 5, 60],
    ['home A 192.0.2.%s', 'home.ct.example.org.', 1, 60],
    ['home CNAME %s.dyn.example.', 'home.ct.example.org.', 5, 60],
    ['home MX 10 %s', 'home.ct.example.org.', 15, 60],
    ['home MX %s mail', 'home.ct.example.org.', 15, 60],
    ['_x._tcp SRV 0 5 %s web1', '_x._tcp.ct.example.org.', 33, 60],
    ['home CAA 0 issue "%s"', 'home.ct.example.org.', 257, 60],
    ['home HTTPS 1 . alpn="%s"', 'home.ct.example.org.', 65, 60],
    ['_443._tcp TLSA 3 1 1 %s', '_443._tcp.ct.example.org.', 52, 60],
    ['home SSHFP 4 2 %s', 'home.ct.example.org.', 44, 60],
    ['@ TXT "v=%s"', 'ct.example.org.', 16, 60],
    ['*.home A %s', '*.home.ct.example.org.', 1, 60],
    ['home.ct.example.org. A %s ; where I am', 'home.ct.example.org.', 1, 60],
    ['home TXT "one" "%s" "two"', 'home.ct.example.org.', 16, 60],
    ['home TXT "50\\% of %s"', 'home.ct.example.org.', 16, 60],
    ['home TXT "a\\"%s\\""', 'home.ct.example.org.', 16, 60],
    ['home ( TXT "%s" )', 'home.ct.example.org.', 16, 60],
  ])('%s', (text, owner, type, ttl) => expect(readTemplate(text, ZONE)).toEqual({ text, owner, type, ttl }));
});

describe('a template that is refused', () => {
  it.each<[string, RegExp]>([
    ['web1 TXT "x"', /one %s/],
    ['web1 TXT "%s" "%s"', /no second/],
    ['%s TXT "x"', /data of the record/],
    ['%s.web1 TXT "x"', /data of the record/],
    ['web1 %s TXT "x"', /./],
    ['web1 %s A 192.0.2.1', /./],
    ['web1 60 %s TXT "x"', /./],
    ['web1 60 IN %s "x"', /./],
    ['web1 TXT "x" ; %s', /comment/],
    ['web1 TXT "x;" ; %s', /comment/],
    ['; %s', /comment/],
    ['%s', /./],
    ['"%s"', /./],
    ['', /one %s/],
    ['web1 TXT "\\%s"', /backslash/],
    ['web1 TXT "\\1%s"', /backslash/],
    ['web1 TXT "\\12%s"', /backslash/],
    ['web1 TXT "%s', /closed/],
    ['web1 TXT "%s" x"', /./],
    ['web1 ( TXT "%s"', /parenthesis/],
    ['$INCLUDE %s', /./],
    ['$ORIGIN %s', /./],
    ['$TTL %s', /./],
    ['web1.example.com. TXT "%s"', /not within/],
    ['web1.ct.example.org TXT "%s"', /dot/],
    ['web1 CH TXT "%s"', /class/],
    ['web1 NOSUCH %s', /no type/],
    ['@ SOA ns hostmaster %s 1 1 1 1', /static entries/],
    ['sub NS %s', /static entries/],
    ['sub DS 1 13 2 %s', /./],
    ['home DNAME %s', /DNAME/],
    ['web1 TXT "%s"\nweb2 TXT "x"', /one line/],
    ['web1 TXT "%s"\r', /one line/],
    ['wéb TXT "%s"', /ASCII/],
    ['web1 TXT "%s" \u0007', /control/],
    ['web1 2147483648 TXT "%s"', /TTL/],
  ])('%j', (text, words) => {
    expect(() => readTemplate(text, ZONE)).toThrow(expect.objectContaining({ code: 'invalid' }));
    expect(() => readTemplate(text, ZONE)).toThrow(words);
  });
});

describe('a value is data, whatever is in it', () => {
  it.each([
    'plain',
    'gfj9Xq...Rg85nM',
    'with "quotes"',
    '"',
    '""',
    '\\',
    '\\"',
    '\\\\',
    '\\000',
    'back\\',
    'two\nlines',
    '"\nevil A 192.0.2.66\n;',
    'x" "y',
    ') ( ; comment',
    '; rest',
    '$INCLUDE /etc/passwd',
    '\n$ORIGIN example.com.\n',
    '@',
    '%s',
    '%s%s%s%n',
    '\0',
    '\t tab',
    '\r\n',
    '\u007f',
    'é',
    '\u{1f600} emoji',
    '\u202eright to left',
    '\u00a0',
    ' ',
    '   leading and trailing   ',
    "' OR 1=1; --",
    '<script>alert(1)</script>',
    'IN A 192.0.2.1',
    '\\# 4 00000000',
    'a'.repeat(4_096),
    '"'.repeat(4_000),
    'é'.repeat(2_000),
  ])('%j in quotes', (value) => {
    expect(Buffer.concat(strings(recordOf(TXT, ZONE, value).rdata)).toString('utf8')).toBe(value);
  });

  it.each(['plain', '"', '\\', '(', ')', ';', '"; x', 'a b', '\n', '\\# 0', '@', '$TTL', 'é', '\0', 'x'.repeat(1_000)])(
    '%j as a bare field',
    (value) => {
      const template = readTemplate('web1 TXT %s', ZONE);
      expect(Buffer.concat(strings(recordOf(template, ZONE, value).rdata)).toString('utf8')).toBe(value);
    },
  );

  it.each([
    [254, [254]],
    [255, [255]],
    [256, [255, 1]],
    [510, [255, 255]],
    [511, [255, 255, 1]],
  ])('%i octets become strings of %j', (octets, lengths) => {
    expect(strings(recordOf(TXT, ZONE, 'x'.repeat(octets)).rdata).map(({ length }) => length)).toEqual(lengths);
  });

  it('is split with regard to what stands before and behind it', () => {
    const template = readTemplate('web1 TXT "first" "v=\\;%s.end" "last"', ZONE);
    for (const octets of [240, 248, 249, 250, 251, 252, 255, 256, 600]) {
      const found = strings(recordOf(template, ZONE, 'x'.repeat(octets)).rdata).map(String);
      expect(found[0]).toBe('first');
      expect(found.at(-1)).toBe('last');
      expect(found.slice(1, -1).join('')).toBe(`v=;${'x'.repeat(octets)}.end`);
    }
  });
});

describe('a value that fits', () => {
  it.each([
    ['www A %s', '192.0.2.7', '192.0.2.7'],
    ['www AAAA %s', '2001:DB8::7', '2001:db8::7'],
    ['www CNAME %s', 'web1', 'web1.ct.example.org.'],
    ['www CNAME %s', 'Host.example.com.', 'Host.example.com.'],
    ['www MX 10 %s', 'mail.example.com.', '10 mail.example.com.'],
    ['_x._tcp SRV 0 5 %s web1', '8443', '0 5 8443 web1.ct.example.org.'],
    ['home HTTPS 1 . alpn="%s"', 'h2,h3', '1 . alpn="h2,h3"'],
  ])('%s with %s', (text, value, data) => expect(dataOf(text, value)).toBe(data));
});

describe('a value that does not fit is refused, and the words say what does', () => {
  it.each<[string, string, RegExp]>([
    ['www A %s', '2001:db8::7', /IPv4/],
    ['www A %s', '192.0.2.256', /IPv4/],
    ['www A %s', '192.0.2.1 192.0.2.2', /IPv4/],
    ['www A %s', '', /IPv4/],
    ['www A %s', '192.0.2.1\nevil A 192.0.2.66', /IPv4/],
    ['www A %s', '192.0.2.1 ; x', /IPv4/],
    ['www A %s', '\\# 4 c0000201', /IPv4/],
    ['www AAAA %s', '192.0.2.1', /IPv6/],
    ['www AAAA %s', 'fe80::1%eth0', /IPv6/],
    ['www CNAME %s', 'a..b', /name/],
    ['www CNAME %s', 'x'.repeat(64), /name/],
    ['www CNAME %s', '192.0.2.1', /name/],
    ['www MX 10 %s', '', /./],
    ['www MX %s mail', '65536', /./],
    ['www MX %s mail', '-1', /./],
    ['www MX %s mail', '10 mail2', /./],
    ['home SSHFP 4 2 %s', 'zz', /./],
    ['home TXT "%s"', 'x'.repeat(4_097), /4096 octets/],
    ['home TXT "%s"', 'x'.repeat(65_536), /4096 octets/],
    ['home TXT "%s"', 'é'.repeat(2_049), /4096 octets/],
    ['home CAA 0 %s "ca.example"', 'is sue', /./],
  ])('%s with %j', (text, value, words) => {
    const template = readTemplate(text, ZONE);
    expect(() => recordOf(template, ZONE, value)).toThrow(expect.objectContaining({ code: 'unservable-text' }));
    expect(() => recordOf(template, ZONE, value)).toThrow(words);
  });
});

it('any value of random octets becomes one record with exactly these octets', () => {
  let seed = 42;
  const random = (below: number): number => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) % below;
  const characters = [
    '"',
    '\\',
    ';',
    '(',
    ')',
    '\n',
    '\r',
    ' ',
    '0',
    '9',
    '@',
    '$',
    '%',
    's',
    'é',
    '\u{1f600}',
    '\0',
    'a',
  ];
  for (let round = 0; round < 3_000; round++) {
    const value = Array.from({ length: 1 + random(40) }, () => characters[random(characters.length)]).join('');
    for (const template of [TXT, readTemplate('web1 TXT %s', ZONE)])
      expect(Buffer.concat(strings(recordOf(template, ZONE, value).rdata)).toString('utf8')).toBe(value);
  }
});
