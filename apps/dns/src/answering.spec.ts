import { answeringOptions, LOOPBACK, networkList, nsid, queryShare, secretList } from './answering';
import { readDnsSettings } from './settings';

const ONE = '00112233445566778899aabbccddeeff';
const TWO = 'FFEEDDCCBBAA99887766554433221100';

it.each([
  [ONE, 1],
  [`${ONE},${TWO}`, 2],
  [` ${ONE} , ${TWO} `, 2],
  ['', undefined],
  [`${ONE},`, undefined],
  [ONE.slice(1), undefined],
  [`${ONE}00`, undefined],
  [`${ONE.slice(1)}g`, undefined],
])('secrets %j: %s', (text, expected) => expect(secretList(text)?.length).toBe(expected));

it.each([
  ['192.0.2.0/24', 1],
  ['192.0.2.0/24, 2001:db8::/32,::1', 3],
  ['192.0.2.1/24', undefined],
  ['', undefined],
  ['10.0.0.0/8 192.168.0.0/16', undefined],
])('networks %j: %s', (text, expected) => expect(networkList(text)?.length).toBe(expected));

it.each([
  ['0', 0],
  ['1', 1],
  ['0.01', 0.01],
  ['.5', 0.5],
  ['1.5', undefined],
  ['-0.1', undefined],
  ['', undefined],
])('a share of %j: %s', (text, expected) => expect(queryShare(text)).toBe(expected));

it.each([
  ['dns-1', 'dns-1'],
  ['é'.repeat(127), 'é'.repeat(127)],
  ['é'.repeat(128), undefined],
])('a server called %s', (text, expected) => expect(nsid(text)).toBe(expected));

describe('the options of the server', () => {
  const settings = { nsid: null, cookieSecrets: [], rateLimit: 0, rateSlip: 2, rateExempt: LOOPBACK, udpOctets: 1232 };
  const secret = Buffer.alloc(16);
  it.each([
    ['with nothing set', {}, { limits: { udpOctets: 1232 } }],
    [
      'with all of it',
      { nsid: 'a', cookieSecrets: [secret], rateLimit: 50, rateSlip: 3, udpOctets: 4096 },
      {
        nsid: 'a',
        cookieSecrets: [secret],
        rateLimits: { answersPerSecond: 50, slip: 3, exempt: LOOPBACK },
        limits: { udpOctets: 4096 },
      },
    ],
  ])('%s', (_what, changes, expected) => expect(answeringOptions({ ...settings, ...changes })).toEqual(expected));
});

describe('the environment', () => {
  const before = { ...process.env };
  afterEach(() => (process.env = { ...before }));
  const DATABASE_URL = 'postgres://localhost/x';

  it('may say nothing', () => {
    process.env = { DATABASE_URL };
    expect(readDnsSettings()).toMatchObject({
      nsid: null,
      cookieSecrets: [],
      rateLimit: 100,
      rateSlip: 2,
      rateExempt: LOOPBACK,
    });
  });

  it('hears of every fault, and never of a secret', () => {
    process.env = {
      DATABASE_URL,
      DNS_COOKIE_SECRETS: 'hush',
      DNS_RATE_LIMIT: '-1',
      DNS_RATE_EXEMPT: 'all',
      DNS_UDP_OCTETS: '65535',
    };
    const faults = (): unknown => readDnsSettings();
    for (const name of ['DNS_COOKIE_SECRETS', 'DNS_RATE_LIMIT', 'DNS_RATE_EXEMPT', 'DNS_UDP_OCTETS']) {
      expect(faults).toThrow(name);
    }
    expect(faults).not.toThrow('hush');
  });
});
