import { refusals } from '../../test/zone-file-places';
import { readServableZoneFile, readZoneFile } from './zone-file-reader';

const label = 'x'.repeat(63);
const rest = ' A 192.0.2.1';

describe('names that are refused', () => {
  it.each([
    [`${'x'.repeat(64)}${rest}`, '1:1 bad-name'],
    [`${label}.${label}.${label}.${label}${rest}`, '1:1 bad-name'],
    [`${label}.${label}.${label}.${'x'.repeat(47)}${rest}`, '1:1 bad-name'],
    [`a..b${rest}`, '1:1 bad-name'],
    [`.a${rest}`, '1:1 bad-name'],
    [`..${rest}`, '1:1 bad-name'],
    [`a.b..${rest}`, '1:1 bad-name'],
    [`.${rest}`, '1:1 outside-zone'],
    [`a.${rest}`, '1:1 outside-zone'],
    [`a.example.org.${rest}`, '1:1 outside-zone'],
    [`example.org.${rest}`, '1:1 outside-zone'],
    [`org.${rest}`, '1:1 outside-zone'],
    [`xct.example.org.${rest}`, '1:1 outside-zone'],
    [`ct.example.org.evil.com.${rest}`, '1:1 outside-zone'],
    [`a.ct.example.com.${rest}`, '1:1 outside-zone'],
    [`a\\.ct.example.org.${rest}`, '1:1 outside-zone'],
    [`a.ct.example.org${rest}`, '1:1 missing-dot'],
    [`ct.example.org${rest}`, '1:1 missing-dot'],
    [`a.CT.Example.ORG${rest}`, '1:1 missing-dot'],
    [' A 192.0.2.1', '1:2 no-owner'],
    ['\tA 192.0.2.1', '1:2 no-owner'],
    ['$TTL 60\n A 192.0.2.1', '2:2 no-owner'],
    ['a CNAME b..c', '1:9 bad-name'],
    [`a CNAME ${'x'.repeat(64)}`, '1:9 bad-name'],
    [`a CNAME ${label}.${label}.${label}.${label}.`, '1:9 bad-name'],
    ['a CNAME web.ct.example.org', '1:9 missing-dot'],
    ['a MX 10 ct.example.org', '1:9 missing-dot'],
    ['a SRV 0 0 0 a.ct.example.org', '1:13 missing-dot'],
    ['a CNAME 192.0.2.1', '1:9 bad-field'],
    ['a CNAME 2001:db8::1', '1:9 bad-field'],
    ['a MX 10 192.0.2.1.', '1:9 bad-field'],
    ['a NS 192.0.2.1', '1:6 bad-field'],
    ['a SRV 0 0 0 192.0.2.1', '1:13 bad-field'],
    ['a PTR 192.0.2.1', '1:7 bad-field'],
    ['a HTTPS 1 192.0.2.1', '1:11 bad-field'],
  ])('%j', (text, place) => expect(refusals(text)).toEqual([place]));

  it('says what a name without its dot would mean', () => {
    expect(readServableZoneFile('a CNAME b.z.example', { origin: 'z.example' }).problems[0]?.message).toContain(
      'b.z.example.z.example.',
    );
  });

  it('leaves out records without an owner of their own after one that is refused', () => {
    expect(refusals('a..b A 192.0.2.1\n  A bad\n  A 192.0.2.1\nc A bad')).toEqual(['1:1 bad-name', '4:5 bad-field']);
    expect(refusals('a A 192.0.2.1\nx.com. A 192.0.2.1\n  CNAME b')).toEqual(['2:1 outside-zone']);
  });
});

describe('names that are taken', () => {
  it.each<[string, string]>([
    ['@', 'z.example.'],
    ['\\@', '\\@.z.example.'],
    ['*', '*.z.example.'],
    ['*.a', '*.a.z.example.'],
    ['WWW', 'WWW.z.example.'],
    ['z.example.', 'z.example.'],
    ['a.Z.EXAMPLE.', 'a.Z.EXAMPLE.'],
    ['_acme-challenge.web', '_acme-challenge.web.z.example.'],
    ['a\\.b', 'a\\.b.z.example.'],
    ['a\\\\.z.example.', 'a\\092.z.example.'],
    ['a.z.example\\.', 'a.z.example\\..z.example.'],
    ['\\097', 'a.z.example.'],
    ['\\$x', '\\$x.z.example.'],
    ['IN', 'IN.z.example.'],
    ['A', 'A.z.example.'],
    ['60', '60.z.example.'],
    ['192.0.2.1', '192.0.2.1.z.example.'],
    [label, `${label}.z.example.`],
    ['z.example.z.example.', 'z.example.z.example.'],
    ['example', 'example.z.example.'],
  ])('%s', (text, name) => {
    expect(readZoneFile(`${text}${rest}`, { origin: 'z.example' }).rrsets[0]?.name).toBe(name);
  });

  it('may be called as the zone is, where that has one label', () => {
    expect(readZoneFile(`lan${rest}`, { origin: 'lan' }).rrsets[0]?.name).toBe('lan.lan.');
    expect(refusals(`a.lan${rest}`, 'lan')).toEqual(['1:1 missing-dot']);
  });

  it('last to the next', () => {
    const { rrsets } = readZoneFile('a A 192.0.2.1\n AAAA ::1\n\n; x\n\tTXT x\n$TTL 60\n MX 1 .', { origin: 'z' });
    expect(rrsets.map(({ name, type }) => `${String(name)} ${type}`)).toEqual([
      'a.z. A',
      'a.z. AAAA',
      'a.z. TXT',
      'a.z. MX',
    ]);
  });

  it('can be all there are: the root as zone', () => {
    expect(readZoneFile('a.b A 192.0.2.1\n. NS a', { origin: '.' }).rrsets.map(({ name }) => name)).toEqual([
      'a.b.',
      '.',
    ]);
  });
});
