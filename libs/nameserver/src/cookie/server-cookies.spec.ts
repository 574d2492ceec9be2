import { ClientAddress } from '../client/client-address';
import { ServerCookies } from './server-cookies';

const hex = (text: string): Buffer => Buffer.from(text, 'hex');
const address = (text: string): ClientAddress => {
  const client = new ClientAddress();
  client.read(text);
  return client;
};
const OLD = 'e5e973e5a6b2a43f48e7dc849e37bfcf';
const NEW = '445536bcd2513298075a5d379663c962';
const SIX = 'dd3bdf9344b678b185a6f5cb60fca715';

/** What is judged, and what is sent back. */
function judged(secrets: string[], cookie: string, from: string, now: number): [string, string] {
  const cookies = new ServerCookies(secrets.map(hex));
  const option = hex(cookie);
  // Beside other octets, as in a packet.
  const packet = Buffer.concat([hex('ffff'), option, hex('ffff')]);
  const status = cookies.check(packet, 2, option.length, address(from), now);
  return [status, cookies.reply.toString('hex')];
}

describe('the examples of RFC 9018, appendix A', () => {
  it.each<[string, string[], string, string, number, string, string]>([
    [
      'a new cookie',
      [OLD],
      '2464c4abcf10c957',
      '198.51.100.100',
      1559731985,
      'new',
      '2464c4abcf10c957010000005cf79f111f8130c3eee29480',
    ],
    [
      'the same soon afterwards, which stays',
      [OLD],
      '2464c4abcf10c957010000005cf79f111f8130c3eee29480',
      '198.51.100.100',
      1559731985 + 1_799,
      'valid',
      '2464c4abcf10c957010000005cf79f111f8130c3eee29480',
    ],
    [
      'the same after 40 minutes, which is renewed',
      [OLD],
      '2464c4abcf10c957010000005cf79f111f8130c3eee29480',
      '198.51.100.100',
      1559734385,
      'valid',
      '2464c4abcf10c957010000005cf7a871d4a564a1442aca77',
    ],
    [
      'reserved bits that another server set',
      [OLD],
      'fc93fc62807ddb8601abcdef5cf78f71a314227b6679ebf5',
      '203.0.113.203',
      1559734700,
      'invalid',
      'fc93fc62807ddb86010000005cf7a9acf73a7810aca2381e',
    ],
    [
      'the same within its hour',
      [OLD],
      'fc93fc62807ddb8601abcdef5cf78f71a314227b6679ebf5',
      '203.0.113.203',
      0x5cf78f71 + 60,
      'valid',
      'fc93fc62807ddb8601abcdef5cf78f71a314227b6679ebf5',
    ],
    [
      'IPv6, with a secret that has been replaced',
      [NEW, SIX],
      '22681ab97d52c298010000005cf7c57926556bd0934c72f8',
      '2001:db8:220:1:59de:d0f4:8769:82b8',
      1559741961,
      'valid',
      '22681ab97d52c298010000005cf7c609a6bb79d16625507a',
    ],
  ])('%s', (_what, secrets, cookie, from, now, status, reply) => {
    expect(judged(secrets, cookie, from, now)).toEqual([status, reply]);
  });
});

describe('cookies that prove nothing', () => {
  const sound = '2464c4abcf10c957010000005cf79f111f8130c3eee29480';
  const made = 1559731985;
  it.each<[string, string, string, number, string]>([
    ['a client cookie alone', sound.slice(0, 16), '198.51.100.100', made, 'new'],
    ['another client cookie', `3${sound.slice(1)}`, '198.51.100.100', made, 'invalid'],
    ['another address', sound, '198.51.100.101', made, 'invalid'],
    ['another family', sound, '::198.51.100.100', made, 'invalid'],
    ['another version', sound.replace('57010000', '57020000'), '198.51.100.100', made, 'invalid'],
    ['another time', sound.replace('5cf79f11', '5cf79f12'), '198.51.100.100', made, 'invalid'],
    ['one bit of the hash', sound.replace(/80$/, '81'), '198.51.100.100', made, 'invalid'],
    ['a server cookie of 8 octets', sound.slice(0, 32), '198.51.100.100', made, 'invalid'],
    ['a server cookie of 32 octets', sound + sound.slice(0, 32), '198.51.100.100', made, 'invalid'],
    ['an hour and a second old', sound, '198.51.100.100', made + 3_601, 'invalid'],
    ['five minutes and a second ahead', sound, '198.51.100.100', made - 301, 'invalid'],
  ])('%s', (_what, cookie, from, now, expected) => {
    const [status, reply] = judged([OLD], cookie, from, now);
    expect(status).toBe(expected);
    // A good one comes back all the same.
    expect(judged([OLD], reply, from, now)).toEqual(['valid', reply]);
  });

  it.each([made + 3_600, made - 300])('at %d it is still believed', (now) => {
    expect(judged([OLD], sound, '198.51.100.100', now)[0]).toBe('valid');
  });

  it('believes a cookie across the wrap of the clock', () => {
    const [, before] = judged([OLD], sound.slice(0, 16), '198.51.100.100', 2 ** 32 - 10);
    expect(judged([OLD], before, '198.51.100.100', 2 ** 32 + 10)[0]).toBe('valid');
  });
});

it('secrets are rolled over without a client noticing (RFC 9018 §5)', () => {
  const client = '2464c4abcf10c957';
  const now = 1_700_000_000;
  const [, first] = judged([OLD, NEW], client, '192.0.2.1', now);
  // Another server makes the new one its own already; both believe both.
  const [status, second] = judged([NEW, OLD], first, '192.0.2.1', now + 1);
  expect(status).toBe('valid');
  expect(judged([OLD, NEW], second, '192.0.2.1', now + 2)[0]).toBe('valid');
  expect(judged([NEW], second, '192.0.2.1', now + 3)).toEqual(['valid', second]);
  expect(judged([NEW], first, '192.0.2.1', now + 3)[0]).toBe('invalid');
});

it('needs a secret, of 16 octets; without any it makes one', () => {
  expect(() => new ServerCookies([])).toThrow(RangeError);
  expect(() => new ServerCookies([Buffer.alloc(8)])).toThrow(RangeError);
  const packet = hex('2464c4abcf10c957');
  const [one, two] = [new ServerCookies(), new ServerCookies()];
  one.check(packet, 0, 8, address('192.0.2.1'), 1);
  two.check(packet, 0, 8, address('192.0.2.1'), 1);
  expect(one.reply).not.toEqual(two.reply);
});
