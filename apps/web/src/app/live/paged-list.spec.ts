import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PagedList, type Page } from './paged-list';

interface Row {
  id: string;
  status: string;
}
type Query = { status: string };

describe('PagedList', () => {
  let asked: Query[];
  let answers: ((page: Page<Row>) => void)[];
  let refusals: ((error: unknown) => void)[];
  let list: PagedList<Row, Query>;
  const page = (...ids: string[]): Page<Row> => ({
    items: ids.map((id) => ({ id, status: 'Running' })),
    total: ids.length,
    page: 1,
    pageSize: 50,
  });
  const settle = () => vi.advanceTimersByTimeAsync(0);

  beforeEach(() => {
    vi.useFakeTimers();
    asked = [];
    answers = [];
    refusals = [];
    list = new PagedList<Row, Query>(
      (query) => {
        asked.push(query);
        return new Promise((resolve, reject) => {
          answers.push(resolve);
          refusals.push(reject);
        });
      },
      (query, before, after) => query.status !== '' && before.status !== after.status,
    );
  });
  afterEach(() => vi.useRealTimers());

  async function shown(status: string, ...ids: string[]): Promise<void> {
    void list.show({ status });
    answers.at(-1)?.(page(...ids));
    await settle();
  }

  it('shows the answer of the last question, whichever comes first', async () => {
    void list.show({ status: 'a' });
    void list.show({ status: 'b' });
    answers[1]?.(page('new'));
    answers[0]?.(page('old'));
    await settle();
    expect(list.items().map((row) => row.id)).toEqual(['new']);
    expect(list.loading()).toBe(false);
  });

  it('changes a row in place and asks nothing', async () => {
    await shown('', 'a', 'b');
    list.apply({ kind: 'is', item: { id: 'b', status: 'Stopped' } });
    expect(list.items()[1]?.status).toBe('Stopped');
    await vi.advanceTimersByTimeAsync(5000);
    expect(asked).toHaveLength(1);
  });

  it('asks once for many changes that may move rows', async () => {
    await shown('', 'a');
    for (let i = 0; i < 200; i += 1) list.apply({ kind: 'is', item: { id: `n${i}`, status: 'Running' } });
    await vi.advanceTimersByTimeAsync(1000);
    expect(asked).toHaveLength(2);
  });

  it('asks when a row no longer fits the filter', async () => {
    await shown('Running', 'a');
    list.apply({ kind: 'is', item: { id: 'a', status: 'Stopped' } });
    await vi.advanceTimersByTimeAsync(1000);
    expect(asked).toHaveLength(2);
  });

  it('drops a row that is gone at once', async () => {
    await shown('', 'a', 'b');
    list.apply({ kind: 'gone', id: 'a' });
    expect(list.items().map((row) => row.id)).toEqual(['b']);
    expect(list.total()).toBe(1);
  });

  it('keeps the rows when a reload fails, and forgets the fault when the next succeeds', async () => {
    await shown('', 'a');
    void list.load();
    refusals.at(-1)?.(new Error('down'));
    await settle();
    expect(list.items()).toHaveLength(1);
    expect(list.fault()?.detail).toContain('down');
    void list.load();
    answers.at(-1)?.(page('a'));
    await settle();
    expect(list.fault()).toBeNull();
  });

  it('asks nothing after the page was left', async () => {
    await shown('', 'a');
    list.apply({ kind: 'is', item: { id: 'x', status: 'Running' } });
    list.leave();
    await vi.advanceTimersByTimeAsync(5000);
    await list.load();
    expect(asked).toHaveLength(1);
  });

  it('a late answer does not undo a clearing', async () => {
    void list.show({ status: '' });
    list.clear();
    answers[0]?.(page('secret'));
    await settle();
    expect(list.items()).toEqual([]);
    expect(list.loading()).toBe(false);
  });
});
