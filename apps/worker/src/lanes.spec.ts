import { Lanes } from './lanes';

/** Work that ends when the test says so. */
class Gate {
  readonly started: string[] = [];
  private readonly ends: (() => void)[] = [];
  readonly work = (key: string): Promise<void> => {
    this.started.push(key);
    return new Promise((resolve) => this.ends.push(resolve));
  };
  async release(): Promise<void> {
    for (const end of this.ends.splice(0)) end();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('Lanes', () => {
  it('runs no more than its width in one lane, and other lanes all the same', () => {
    const gate = new Gate();
    const lanes = new Lanes(2, gate.work);
    for (const key of ['a', 'b', 'c']) lanes.push('hung host', key);
    lanes.push('other host', 'd');
    expect(gate.started).toEqual(['a', 'b', 'd']);
    expect(lanes.load).toEqual({ running: 3, waiting: 1 });
  });

  it('goes on with what waits', async () => {
    const gate = new Gate();
    const lanes = new Lanes(1, gate.work);
    for (const key of ['a', 'b', 'b']) lanes.push('host', key);
    await gate.release();
    await gate.release();
    expect(gate.started).toEqual(['a', 'b']);
    expect(lanes.load).toEqual({ running: 0, waiting: 0 });
  });

  it('runs a key once more that was asked for while it ran, however often', async () => {
    const gate = new Gate();
    const lanes = new Lanes(1, gate.work);
    for (const key of ['a', 'a', 'a']) lanes.push('host', key);
    await gate.release();
    await gate.release();
    expect(gate.started).toEqual(['a', 'a']);
  });

  it('waits at its end for what runs, and starts nothing more', async () => {
    const gate = new Gate();
    const lanes = new Lanes(1, gate.work);
    for (const key of ['a', 'b']) lanes.push('host', key);
    let closed = false;
    const closing = lanes.close().then(() => (closed = true));
    await new Promise((resolve) => setImmediate(resolve));
    expect(closed).toBe(false);
    await gate.release();
    await closing;
    lanes.push('host', 'c');
    expect(gate.started).toEqual(['a']);
  });
});
