import { refusals } from '../../test/zone-file-places';
import { readZoneFile } from './zone-file-reader';

describe('SVCB and HTTPS that are refused (RFC 9460)', () => {
  it.each([
    ['', '8 missing-field'],
    [' 1', '10 missing-field'],
    [' x .', '9 bad-field'],
    [' 65536 .', '9 bad-field'],
    [' 0 b alpn=h2', '9 bad-rdata'],
    [' 1 . alpn', '13 bad-field'],
    [' 1 . alpn=', '13 bad-field'],
    [' 1 . alpn=h2,', '13 bad-field'],
    [' 1 . alpn=h2 alpn=h3', '21 bad-field'],
    [' 1 . alpn=h2 key1=\\002h3', '21 bad-field'],
    [' 1 . ALPN=h2', '13 bad-field'],
    [' 1 . alpn="h2', '18 unclosed-quote'],
    [' 1 . "alpn=h2"', '13 bad-field'],
    [' 1 . alpn="h2"x', '22 stray-quote'],
    [' 1 . nope=1', '13 bad-field'],
    [' 1 . h2', '13 bad-field'],
    [' 1 . key01=x', '13 bad-field'],
    [' 1 . key65535=x', '13 bad-field'],
    [' 1 . key99999=x', '13 bad-field'],
    [' 1 . keyx=x', '13 bad-field'],
    [' 1 . =x', '13 bad-field'],
    [' 1 . port=x', '13 bad-field'],
    [' 1 . port=65536', '13 bad-field'],
    [' 1 . port=', '13 bad-field'],
    [' 1 . ipv4hint=::1', '13 bad-field'],
    [' 1 . ipv4hint=192.0.2.1,', '13 bad-field'],
    [' 1 . ipv6hint=192.0.2.1', '13 bad-field'],
    [' 1 . ech=%', '13 bad-field'],
    [' 1 . ech=', '13 bad-field'],
    [' 1 . no-default-alpn=1 alpn=h2', '13 bad-field'],
    [' 1 . no-default-alpn', '9 bad-rdata'],
    [' 1 . mandatory=', '13 bad-field'],
    [' 1 . mandatory=alpn', '9 bad-rdata'],
    [' 1 . mandatory=mandatory', '9 bad-rdata'],
    [' 1 . mandatory=port,port port=1', '9 bad-rdata'],
    [' 1 . mandatory=nope', '13 bad-field'],
    [' 1 . dohpath=/x', '9 bad-rdata'],
    [' 1 . dohpath={?dns}', '9 bad-rdata'],
    [' 1 . key1=x', '9 bad-rdata'],
    [' 1 . key3=x', '9 bad-rdata'],
    [' \\# 8 0001 00 0003 0001 00', '9 bad-rdata'],
    [' \\# 17 0001 00 0003 0002 0050 0001 0003 026832 00', '9 bad-rdata'],
    [` 1 . key9=${'x'.repeat(4_097)}`, '9 bad-rdata'],
  ])('%j', (data, place) => {
    expect(refusals(`a HTTPS${data}`)).toEqual([`1:${place}`]);
    expect(refusals(`a SVCB ${data}`)).toHaveLength(1);
  });
});

describe('SVCB and HTTPS that are taken', () => {
  it.each<[string, [number, string][]]>([
    ['1 .', []],
    ['\\# 3 000100', []],
    ['1 . alpn=h2,h3', [[1, '026832026833']]],
    ['1 . alpn="h2,h3"', [[1, '026832026833']]],
    // The example of RFC 9460 appendix D.2: f\oo,bar and h2, written twice.
    ['1 . alpn="f\\\\\\\\oo\\\\,bar,h2"', [[1, '08665c6f6f2c626172026832']]],
    ['1 . alpn=f\\\\\\092oo\\092,bar,h2', [[1, '08665c6f6f2c626172026832']]],
    ['1 . port=443', [[3, '01bb']]],
    ['1 . ipv4hint=192.0.2.1,192.0.2.2', [[4, 'c0000201c0000202']]],
    ['1 . ipv6hint="::1"', [[6, '00000000000000000000000000000001']]],
    ['1 . ech=AAEC', [[5, '000102']]],
    ['1 . dohpath=/q{?dns}', [[7, Buffer.from('/q{?dns}').toString('hex')]]],
    [
      '1 . alpn=h2 no-default-alpn',
      [
        [1, '026832'],
        [2, ''],
      ],
    ],
    [
      '1 . mandatory=port,alpn alpn=h2 port=1',
      [
        [0, '00010003'],
        [1, '026832'],
        [3, '0001'],
      ],
    ],
    ['1 . key667=hello', [[667, '68656c6c6f']]],
    ['1 . key667="hello\\210qoo"', [[667, '68656c6c6fd2716f6f']]],
    ['1 . key65534', [[65_534, '']]],
    ['1 . key3=\\001\\187', [[3, '01bb']]],
    ['1 . key9="a=b c"', [[9, '613d622063']]],
  ])('%s', (text, params) => {
    const [rrset] = readZoneFile(`a HTTPS ${text}`, { origin: 'z' }).rrsets;
    const [record] = rrset?.type === 'HTTPS' ? rrset.records : [];
    expect(record?.params.map(({ key, value }) => [key, Buffer.from(value).toString('hex')])).toEqual(params);
  });
});
