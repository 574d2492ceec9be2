import { refusals } from '../../test/zone-file-places';
import { readZoneFile } from './zone-file-reader';

describe('directives that are refused', () => {
  it.each([
    ['$INCLUDE other.zone', ['1:1 include-refused']],
    ['$include /etc/passwd', ['1:1 include-refused']],
    ['$INCLUDE', ['1:1 include-refused']],
    ['a A 192.0.2.1\n$INCLUDE x y', ['2:1 include-refused']],
    ['$GENERATE 1-10 a$ A 192.0.2.$', ['1:1 unknown-directive']],
    ['$UNKNOWN x', ['1:1 unknown-directive']],
    ['$', ['1:1 unknown-directive']],
    ['$a A 192.0.2.1', ['1:1 unknown-directive']],
    [' $TTL 60', ['1:2 no-owner']],
    ['a A 192.0.2.1\n $TTL 60', ['2:2 unknown-directive']],
    ['a A 192.0.2.1\n $ORIGIN x', ['2:2 unknown-directive']],
    ['$TTL', ['1:5 bad-directive']],
    ['$TTL x', ['1:6 bad-ttl']],
    ['$TTL -1', ['1:6 bad-ttl']],
    ['$TTL 2147483648', ['1:6 bad-ttl']],
    ['$TTL 60 60', ['1:9 bad-directive']],
    ['$TTL "60"', ['1:6 bad-ttl']],
    ['$ORIGIN', ['1:8 bad-directive']],
    ['$ORIGIN a..b', ['1:9 bad-name']],
    ['$ORIGIN a b', ['1:11 bad-directive']],
    ['$ORIGIN "a"', ['1:9 bad-name']],
    ['$ORIGIN ct.example.org', ['1:9 missing-dot']],
    ['$ORIGIN a..b\nx A 192.0.2.1\ny A bad\nz.ct.example.org. A bad', ['1:9 bad-name', '4:21 bad-field']],
    ['$ORIGIN example.com.\na A 192.0.2.1', ['2:1 outside-zone']],
    ['$ORIGIN a\n$ORIGIN b..\nx A 192.0.2.1\n$ORIGIN a.ct.example.org.\ny A 1', ['2:9 bad-name', '5:5 bad-field']],
  ])('%j', (text, places) => expect(refusals(text)).toEqual(places));
});

describe('$ORIGIN', () => {
  it.each<[string, string]>([
    ['$ORIGIN sub\na CNAME b', 'a.sub.z.example. b.sub.z.example.'],
    ['$ORIGIN sub\n$ORIGIN deep\na CNAME @', 'a.deep.sub.z.example. deep.sub.z.example.'],
    ['$ORIGIN sub.z.example.\n@ CNAME a', 'sub.z.example. a.sub.z.example.'],
    ['$ORIGIN .\na.z.example CNAME b', 'a.z.example. b.'],
    ['$ORIGIN @\na CNAME b', 'a.z.example. b.z.example.'],
    ['$origin com.\na.z.example. CNAME b', 'a.z.example. b.com.'],
    ['$ORIGIN a\\.b\nc CNAME @', 'c.a\\.b.z.example. a\\.b.z.example.'],
  ])('%j', (text, expected) => {
    const [rrset] = readZoneFile(text, { origin: 'z.example' }).rrsets;
    expect(`${String(rrset?.name)} ${String(rrset?.records[0])}`).toBe(expected);
  });
});

describe('the TTL of a record', () => {
  it.each<[string, number[]]>([
    ['a A 192.0.2.1', [60]],
    ['$TTL 1h\na A 192.0.2.1\nb 5 A 192.0.2.1\nc A 192.0.2.1', [3600, 5, 3600]],
    ['$TTL 0\na A 192.0.2.1', [0]],
    ['a 5 A 192.0.2.1\nb A 192.0.2.1', [5, 5]],
    ['a A 192.0.2.1\n$TTL 2d\nb A 192.0.2.1', [60, 172_800]],
    ['@ SOA ns h 1 2 3 4 77\na A 192.0.2.1', [77]],
    ['$ttl 1w2d3h4m5s\na A 192.0.2.1', [788_645]],
    ['a 2147483647 A 192.0.2.1', [2_147_483_647]],
    ['a 1H30M IN A 192.0.2.1\nb IN 1m A 192.0.2.1', [5400, 60]],
  ])('%j', (text, ttls) => {
    expect(readZoneFile(text, { origin: 'z' }).rrsets.map(({ ttl }) => ttl)).toEqual(ttls);
  });

  it('is the caller’s where the text says none', () => {
    expect(readZoneFile('a A 192.0.2.1', { origin: 'z', ttl: 300 }).rrsets[0]?.ttl).toBe(300);
  });
});
