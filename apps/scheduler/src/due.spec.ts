import { Due, DueTable } from './due';

const entry = (name: string, everyMs: number): Due => ({ name, everyMs, enqueue: () => Promise.resolve(0) });
const names = (due: Due[]): string[] => due.map(({ name }) => name);

describe('DueTable', () => {
  it('finds everything due at first, and each again after its time', () => {
    const table = new DueTable([entry('sweep', 5_000), entry('sync', 30_000)]);
    expect(names(table.take(1_000))).toEqual(['sweep', 'sync']);
    expect(names(table.take(5_999))).toEqual([]);
    expect(names(table.take(6_000))).toEqual(['sweep']);
    expect(names(table.take(31_000))).toEqual(['sweep', 'sync']);
  });

  it('does not make up for what a pause left out', () => {
    const table = new DueTable([entry('sweep', 5_000)]);
    table.take(0);
    expect(names(table.take(1_000_000))).toEqual(['sweep']);
    expect(names(table.take(1_000_001))).toEqual([]);
  });

  it('finds everything due again after a reset', () => {
    const table = new DueTable([entry('sync', 30_000)]);
    table.take(0);
    table.reset();
    expect(names(table.take(1))).toEqual(['sync']);
  });
});
