import type { HostAct } from '@lxdm/entities';
import { ActLimiter } from './act-limiter';

const at = (seconds: number, name = 'web1', hostId = 'h1'): HostAct => ({
  key: `${hostId} ${name} ${seconds}`,
  hostId,
  name,
  verb: 'restarted',
  at: new Date(Date.UTC(2026, 0, 1) + seconds * 1000),
  actorName: 'somebody on node1',
  address: null,
  unsigned: true,
  detail: { host: 'node1' },
});

describe('ActLimiter', () => {
  it('lets ten a minute through, and says how many more there were', () => {
    const limiter = new ActLimiter();
    const admitted = Array.from({ length: 25 }, (_, n) => limiter.admit(at(n), n * 1000));
    expect(admitted.filter(Boolean)).toHaveLength(10);
    expect(limiter.close(59_000)).toEqual([]);
    expect(limiter.close(60_000)).toEqual([
      { ...at(24), key: `more h1 web1 ${Date.UTC(2026, 0, 1) / 60_000}`, detail: { host: 'node1', more: 15 } },
    ]);
    expect(limiter.close(120_000)).toEqual([]);
  });

  it('says nothing of a minute in which all were let through', () => {
    const limiter = new ActLimiter();
    for (let n = 0; n < 10; n++) limiter.admit(at(n), 0);
    expect(limiter.close(60_000)).toEqual([]);
  });

  it('counts each container, host and minute by itself', () => {
    const limiter = new ActLimiter();
    for (let n = 0; n < 10; n++) limiter.admit(at(0), 0);
    expect(limiter.admit(at(59), 0)).toBe(false);
    expect(limiter.admit(at(60), 0)).toBe(true);
    expect(limiter.admit(at(0, 'web2'), 0)).toBe(true);
    expect(limiter.admit(at(0, 'web1', 'h2'), 0)).toBe(true);
  });

  it('does not grow without end, whatever names there are', () => {
    const limiter = new ActLimiter();
    const admitted = Array.from({ length: 5_000 }, (_, n) => limiter.admit(at(0, `c${n}`), 0)).filter(Boolean);
    expect(admitted).toHaveLength(2_000);
    limiter.close(60_000);
    expect(limiter.admit(at(61, 'c4999'), 60_000)).toBe(true);
  });
});
