import { AttemptLimiter, networkOf } from './attempt-limiter';

describe('AttemptLimiter', () => {
  let now = 0;
  const limiter = (limit: number, maxKeys?: number) => new AttemptLimiter(limit, 60_000, maxKeys, () => now);
  beforeEach(() => (now = 1_000_000));

  it('allows so many in a window, then says how long to wait', () => {
    const attempts = limiter(2);
    expect([attempts.take('a'), attempts.take('a'), attempts.take('a')]).toEqual([0, 0, 60]);
    expect(attempts.take('b')).toBe(0);
    now += 59_500;
    expect(attempts.take('a')).toBe(1);
    now += 500;
    expect(attempts.take('a')).toBe(0);
  });

  it('does not let refused attempts make the wait longer', () => {
    const attempts = limiter(1);
    attempts.take('a');
    for (let n = 0; n < 100; n++) attempts.take('a');
    now += 60_000;
    expect(attempts.take('a')).toBe(0);
  });

  it('gives attempts back', () => {
    const attempts = limiter(1);
    for (let n = 0; n < 5; n++) {
      expect(attempts.take('a')).toBe(0);
      attempts.refund('a');
    }
    attempts.refund('never seen');
    attempts.refund('a');
    expect([attempts.take('a'), attempts.take('a')]).toEqual([0, 60]);
  });

  it('remembers a bounded number of keys, and drops the oldest first', () => {
    const attempts = limiter(1, 100);
    for (let n = 0; n < 1_000; n++) attempts.take(`key${n}`);
    expect(attempts.size).toBe(100);
    expect(attempts.take('key999')).toBe(60);
    expect(attempts.take('key0')).toBe(0);
  });
});

it.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
  ['2001:0db8:0001:0002::9', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['', ''],
])('%s is counted under %s', (address, network) => expect(networkOf(address)).toBe(network));
