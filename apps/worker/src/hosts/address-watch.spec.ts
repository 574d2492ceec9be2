import { AddressWatch } from './address-watch';

function watch(): { watch: AddressWatch; pass: (milliseconds: number) => void } {
  let now = 0;
  const made = new AddressWatch();
  made.now = () => now;
  return { watch: made, pass: (milliseconds) => (now += milliseconds) };
}

describe('AddressWatch', () => {
  it('knows nothing of a host that it was not told of', () => {
    expect(watch().watch.isDue('h')).toBe(false);
  });

  it('is patient with a container for a minute, however often it is told again', () => {
    const { watch: one, pass } = watch();
    for (let second = 0; second < 60; second++) {
      one.update('h', ['a']);
      expect(one.isDue('h')).toBe(true);
      pass(1_000);
    }
    one.update('h', ['a']);
    expect(one.isDue('h')).toBe(false);
  });

  it('begins anew for a container that lacks its address later, and forgets one that has it', () => {
    const { watch: one, pass } = watch();
    one.update('h', ['a']);
    pass(61_000);
    one.update('h', ['a', 'b']);
    expect(one.isDue('h')).toBe(true);
    one.update('h', ['a']);
    expect(one.isDue('h')).toBe(false);
    one.update('h', []);
    one.update('h', ['a']);
    expect(one.isDue('h')).toBe(true);
  });

  it('keeps hosts apart', () => {
    const { watch: one } = watch();
    one.update('h', ['a']);
    one.update('other', []);
    expect([one.isDue('h'), one.isDue('other')]).toEqual([true, false]);
  });
});
