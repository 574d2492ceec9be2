import { describe, expect, it } from 'vitest';
import { Latest } from './latest';

function deferred() {
  const waiting = new Map<string, { give: (value: string) => void; fail: (error: unknown) => void }>();
  const latest = new Latest<string, string>((query) => new Promise((give, fail) => waiting.set(query, { give, fail })));
  return { latest, answer: (query: string) => waiting.get(query) };
}

describe('Latest', () => {
  it('drops the answer to an older question, whenever it comes', async () => {
    const { latest, answer } = deferred();
    const first = latest.ask('a');
    const second = latest.ask('b');
    answer('b')?.give('of b');
    await second;
    answer('a')?.give('of a');
    await first;
    expect([latest.value(), latest.loading()]).toEqual(['of b', false]);
  });

  it('keeps what is shown when asking again fails, and says so', async () => {
    const { latest, answer } = deferred();
    const first = latest.ask('a');
    answer('a')?.give('of a');
    await first;
    const again = latest.load();
    answer('a')?.fail(new Error('no line'));
    await again;
    expect([latest.value(), latest.fault()?.detail]).toEqual(['of a', 'Error: no line']);
  });

  it('shows nothing of before once it is cleared', async () => {
    const { latest, answer } = deferred();
    const first = latest.ask('a');
    latest.clear();
    answer('a')?.give('of a');
    await first;
    expect(latest.value()).toBeNull();
  });
});
