import { SeenUpdates } from './seen-updates';
import { ServedSerials } from './served-serials';
import { UpdateQueue } from './update-queue';
import { withRetries } from './update-retries';

describe('an update that comes again', () => {
  const failed = (code: number): boolean => code === 2;
  const server = (now: () => number = () => 0) => {
    const seen = new SeenUpdates(now);
    let times = 0;
    const send = (key: string, code = 0): Promise<number> =>
      seen.once(key, () => Promise.resolve((times += 1) && code), failed);
    return { seen, send, times: () => times };
  };

  it('is carried out once, while the first is at work and after it', async () => {
    const { send, times } = server();
    expect(await Promise.all([send('a', 5), send('a', 5)])).toEqual([5, 5]);
    expect(await send('a')).toBe(5);
    expect(times()).toBe(1);
    await send('b');
    expect(times()).toBe(2);
  });

  it('may be tried again when the server failed', async () => {
    const { send, times } = server();
    await send('a', 2);
    expect(await send('a')).toBe(0);
    expect(times()).toBe(2);
  });

  it('is forgotten when its signature is too old to count', async () => {
    let now = 0;
    const { seen, send, times } = server(() => now);
    await send('a');
    now = 599_999;
    await send('a');
    expect(times()).toBe(1);
    now = 600_000;
    await send('b');
    expect(seen.size).toBe(1);
    await send('a');
    expect(times()).toBe(3);
  });

  it('ten thousand are remembered', async () => {
    const { seen, send, times } = server();
    for (let index = 0; index < 10_050; index += 1) await send(String(index));
    expect(seen.size).toBe(10_000);
    await send('10049');
    expect(times()).toBe(10_050);
  });
});

describe('the wait for a serial', () => {
  it('ends when it is served, or one behind it', async () => {
    const serials = new ServedSerials();
    serials.served(4);
    const waits = [serials.reaches(4, 0), serials.reaches(5, 10_000), serials.reaches(6, 10_000)];
    serials.served(7);
    expect(await Promise.all(waits)).toEqual([true, true, true]);
  });

  it('knows that serials wrap', async () => {
    const serials = new ServedSerials();
    serials.served(0xffff_ffff);
    const wait = serials.reaches(0, 10_000);
    serials.served(0);
    expect(await wait).toBe(true);
    expect(await serials.reaches(0xffff_ffff, 0)).toBe(true);
  });

  it('ends when the time is up', async () => {
    expect(await new ServedSerials().reaches(1, 1)).toBe(false);
  });
});

describe('the queue', () => {
  it('runs one at a time, in their order, also behind one that fails', async () => {
    const queue = new UpdateQueue(3);
    const order: string[] = [];
    const one = (name: string, fails = false) =>
      queue.run(async () => {
        order.push(`${name} begins`);
        await Promise.resolve();
        order.push(`${name} ends`);
        if (fails) throw new Error(name);
      });
    const all = [one('a', true), one('b'), one('c')];
    expect(queue.size).toBe(3);
    expect(one('d')).toBeUndefined();
    expect((await Promise.allSettled(all)).map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
    expect(order).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
    expect(queue.size).toBe(0);
  });
});

describe('faults of the database', () => {
  const failing = (times: number, code: string) => {
    let left = times;
    return (): Promise<string> =>
      left-- > 0 ? Promise.reject(Object.assign(new Error(code), { code })) : Promise.resolve('done');
  };
  it('that pass are borne', async () => expect(await withRetries(failing(2, '55P03'), 1_000)).toBe('done'));
  it('that last are told', async () => expect(withRetries(failing(99, '55P03'), 50)).rejects.toThrow('55P03'));
  it('of another kind are told at once', async () =>
    expect(withRetries(failing(1, '23503'), 1_000)).rejects.toThrow('23503'));
});
