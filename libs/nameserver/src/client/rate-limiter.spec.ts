import { Answer, authoritativeAnswer, emptyAnswer, referral } from '../answer';
import { Name } from '../name';
import { Rcode } from '../rcode';
import { RrType } from '../rr-type';
import { Rrset } from '../rrset';
import { kindOf, ownerOf } from './answer-account';
import { ClientAddress } from './client-address';
import { Network } from './network';
import { RateLimiter } from './rate-limiter';
import { Verdict } from './rate-limits';

const rrset = (owner: string, type: number): Rrset => new Rrset(Name.parse(owner), type, 60, [Buffer.alloc(4)]);
const found = (owner: string, type: number = RrType.A): Answer => authoritativeAnswer([rrset(owner, type)]);
const denied = (zone: string, rcode: number = Rcode.NOERROR): Answer =>
  authoritativeAnswer([], [rrset(zone, RrType.SOA)], rcode);

/** A clock, a limiter of five a second, and what it says to one more. */
class Desk {
  now = 1_000_000;
  private readonly client = new ClientAddress();

  constructor(readonly limiter = new RateLimiter({ answersPerSecond: 5 })) {}

  ask(from = '192.0.2.1', answer: Answer = found('www.z'), type: number = RrType.A): Verdict {
    this.client.read(from);
    return this.limiter.judge(this.client, kindOf(answer, type), ownerOf(answer), () => this.now);
  }

  /** Spends a whole account. */
  spend(from?: string, answer?: Answer, type?: number): void {
    for (let i = 0; i < 5; i++) expect(this.ask(from, answer, type)).toBe('send');
  }
}

describe('what shares an account', () => {
  it.each<[string, [string, Answer, number], [string, Answer, number], boolean]>([
    ['the same question', ['192.0.2.1', found('a.z'), 1], ['192.0.2.1', found('a.z'), 1], true],
    ['a neighbour in the /24', ['192.0.2.1', found('a.z'), 1], ['192.0.2.254', found('a.z'), 1], true],
    ['another /24', ['192.0.2.1', found('a.z'), 1], ['192.0.3.1', found('a.z'), 1], false],
    ['a /56', ['2001:db8:0:100::1', found('a.z'), 1], ['2001:db8:0:1ff::2', found('a.z'), 1], true],
    ['another /56', ['2001:db8:0:100::1', found('a.z'), 1], ['2001:db8:0:200::1', found('a.z'), 1], false],
    ['another name', ['192.0.2.1', found('a.z'), 1], ['192.0.2.1', found('b.z'), 1], false],
    ['another case of the name', ['192.0.2.1', found('a.z'), 1], ['192.0.2.1', found('A.Z'), 1], true],
    ['another type', ['192.0.2.1', found('a.z'), 1], ['192.0.2.1', found('a.z', 28), 28], false],
    ['names of one wildcard', ['192.0.2.1', found('*.z'), 1], ['192.0.2.1', found('*.z'), 1], true],
    ['names that do not exist', ['192.0.2.1', denied('z', 3), 1], ['192.0.2.1', denied('z', 3), 28], true],
    ['NODATA and NXDOMAIN', ['192.0.2.1', denied('z'), 1], ['192.0.2.1', denied('z', 3), 1], false],
    ['denials of two zones', ['192.0.2.1', denied('z', 3), 1], ['192.0.2.1', denied('y', 3), 1], false],
    [
      'names below a delegation',
      ['192.0.2.1', referral(rrset('s.z', 2), [], []), 1],
      ['192.0.2.1', referral(rrset('s.z', 2), [], []), 28],
      true,
    ],
    [
      'errors of a kind',
      ['192.0.2.1', emptyAnswer(Rcode.REFUSED), 1],
      ['192.0.2.1', emptyAnswer(Rcode.REFUSED), 2],
      true,
    ],
    [
      'errors of two kinds',
      ['192.0.2.1', emptyAnswer(Rcode.REFUSED), 1],
      ['192.0.2.1', emptyAnswer(Rcode.FORMERR), 1],
      false,
    ],
  ])('%s', (_what, first, second, shared) => {
    const desk = new Desk();
    desk.spend(...first);
    expect(desk.ask(...second) !== 'send').toBe(shared);
  });
});

describe('an account', () => {
  it('earns its rate, and never more than a second’s worth', () => {
    const desk = new Desk();
    desk.spend();
    expect(desk.ask()).not.toBe('send');
    desk.now += 200;
    expect([desk.ask(), desk.ask()]).toEqual(['send', 'slip']);
    desk.now += 3_600_000;
    desk.spend();
    expect(desk.ask()).not.toBe('send');
  });

  it('is not emptied or filled by a clock that is set', () => {
    const desk = new Desk();
    desk.spend();
    desk.now -= 3_600_000;
    expect(desk.ask()).not.toBe('send');
    desk.now += 1_000;
    desk.spend();
  });

  it('goes on across the wrap of 32 bits', () => {
    const desk = new Desk();
    desk.now = 2 ** 32 - 100;
    desk.spend();
    desk.now += 200;
    expect([desk.ask(), desk.ask()]).toEqual(['send', 'drop']);
  });

  it.each([
    [0, ['drop', 'drop', 'drop', 'drop']],
    [1, ['slip', 'slip', 'slip', 'slip']],
    [2, ['drop', 'slip', 'drop', 'slip']],
    [3, ['drop', 'drop', 'slip', 'drop']],
  ])('with a slip of %d: %j', (slip, expected) => {
    const desk = new Desk(new RateLimiter({ answersPerSecond: 5, slip }));
    desk.spend();
    expect(expected.map(() => desk.ask())).toEqual(expected);
  });
});

it('exempt networks are never limited, their neighbours are', () => {
  const exempt = [Network.parse('192.0.2.0/25'), Network.parse('::1')].flatMap((network) => network ?? []);
  const desk = new Desk(new RateLimiter({ answersPerSecond: 5, exempt }));
  for (let i = 0; i < 100; i++) expect([desk.ask('192.0.2.5'), desk.ask('::1')]).toEqual(['send', 'send']);
  desk.spend('192.0.2.200');
  expect(desk.ask('192.0.2.200')).not.toBe('send');
});

describe('a flood of forged networks', () => {
  let forged = 0;
  const flood = (desk: Desk, networks: number): void => {
    for (const end = forged + networks; forged < end; forged++)
      desk.ask(`${10 + (forged >> 16)}.${(forged >> 8) & 255}.${forged & 255}.1`);
  };

  it('costs no memory', () => {
    const desk = new Desk(new RateLimiter({ answersPerSecond: 5, accounts: 1_024 }));
    flood(desk, 1_000);
    const before = process.memoryUsage().arrayBuffers;
    flood(desk, 50_000);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1e6);
  });

  it('does not set free who goes on meanwhile', () => {
    const desk = new Desk(new RateLimiter({ answersPerSecond: 5, accounts: 1_024 }));
    desk.spend('203.0.113.1');
    let sent = 0;
    for (let i = 0; i < 1_000; i++) {
      flood(desk, 100);
      if (desk.ask('203.0.113.1') === 'send') sent += 1;
      desk.now += 1;
    }
    // Five in that second; and now and then an account of the flood took its place.
    expect(sent).toBeLessThan(50);
  });
});

it('refuses limits that are none', () => {
  expect(() => new RateLimiter({ answersPerSecond: 0 })).toThrow(RangeError);
  expect(() => new RateLimiter({ answersPerSecond: Number.NaN })).toThrow(RangeError);
  expect(() => new RateLimiter({ answersPerSecond: 1e7 })).toThrow(RangeError);
  expect(() => new RateLimiter({ answersPerSecond: 5, slip: 1.5 })).toThrow(RangeError);
});
