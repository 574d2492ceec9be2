import { ItemQueue } from './item-queue';

describe('ItemQueue', () => {
  it('hands over in order, to a reader that waits and to one that is late', async () => {
    const queue = new ItemQueue<number>(10);
    const early = queue.next();
    queue.push(1);
    queue.push(2);
    expect(await early).toEqual({ done: false, value: 1 });
    expect(await queue.next()).toEqual({ done: false, value: 2 });
  });

  it('refuses what nobody takes, and takes again after a clear', async () => {
    const queue = new ItemQueue<string>(2);
    expect([queue.push('a'), queue.push('b'), queue.push('c')]).toEqual([true, true, false]);
    queue.clear();
    expect(queue.push('d')).toBe(true);
    expect(await queue.next()).toEqual({ done: false, value: 'd' });
  });

  it('ends a waiting reader, and a later one after what is left', async () => {
    const waiting = new ItemQueue<number>(1);
    const pending = waiting.next();
    waiting.end();
    expect(await pending).toEqual({ done: true, value: undefined });
    const filled = new ItemQueue<number>(1);
    filled.push(1);
    filled.end();
    expect(await filled.next()).toEqual({ done: false, value: 1 });
    expect(await filled.next()).toEqual({ done: true, value: undefined });
  });
});
