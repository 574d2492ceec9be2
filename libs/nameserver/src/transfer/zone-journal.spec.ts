import { RrsetData } from '../zone-data';
import { deltaLines, versionOf } from './zone-delta.cases';
import { zoneDelta } from './zone-delta';
import { ZoneJournal } from './zone-journal';

const a = (name: string, address = '192.0.2.1'): RrsetData => ({ name, type: 'A', ttl: 60, records: [address] });
const step = (from: number, to: number, name = `n${to}`) => zoneDelta(versionOf(from, []), versionOf(to, [a(name)]));
const filled = (journal: ZoneJournal, from: number, count: number): ZoneJournal => {
  for (let i = 0; i < count; i++) journal.add(step((from + i) >>> 0, (from + i + 1) >>> 0));
  return journal;
};

it('tells what changed since a serial', () => {
  const journal = filled(new ZoneJournal(), 10, 5);
  expect(journal.serial).toBe(15);
  expect(deltaLines(journal.since(15 - 1) as never)).toEqual(['+ n15 60 1 c0000201']);
  expect(journal.since(12)).toMatchObject({ from: 12, to: 15 });
  for (const unknown of [9, 15, 16, 0]) expect(journal.since(unknown)).toBeUndefined();
});

it('goes on where serials wrap', () => {
  const journal = filled(new ZoneJournal(), 0xffff_fffe, 4);
  expect(journal.serial).toBe(2);
  expect(journal.since(0xffff_ffff)).toMatchObject({ from: 0xffff_ffff, to: 2 });
  expect(journal.since(0)).toMatchObject({ from: 0, to: 2 });
});

it('tells another story after another step', () => {
  const journal = filled(new ZoneJournal(), 1, 2);
  expect(journal.since(1)?.to).toBe(3);
  journal.add(step(3, 4));
  expect(journal.since(1)?.to).toBe(4);
});

it('knows no way from a serial that two versions had', () => {
  const journal = filled(new ZoneJournal(), 1, 2);
  journal.add(step(3, 3));
  expect(journal.since(1)).toBeUndefined();
  journal.add(step(3, 4));
  expect([journal.size, journal.since(3)]).toEqual([0, undefined]);
  journal.add(step(4, 5));
  expect(journal.since(4)?.to).toBe(5);
});

it('begins anew at a gap', () => {
  const journal = filled(new ZoneJournal(), 1, 3);
  journal.add(step(7, 8));
  expect([journal.size, journal.since(1), journal.since(7)?.to]).toEqual([1, undefined, 8]);
});

it('forgets when the same serial has other records', () => {
  const journal = filled(new ZoneJournal(), 1, 3);
  journal.add(step(4, 4));
  expect([journal.size, journal.serial, journal.octets]).toEqual([0, undefined, 0]);
});

it('keeps the later of two stories about a serial', () => {
  const journal = filled(new ZoneJournal(), 1, 3);
  journal.add(step(4, 2, 'restored'));
  journal.add(step(2, 3, 'again'));
  expect(journal.since(2)).toMatchObject({ from: 2, to: 3 });
});

it.each([
  ['steps', { steps: 10, octets: 1e6 }, 10],
  ['octets', { steps: 1_000, octets: 4_000 }, 11],
])('is bounded in %s', (_what, bounds, kept) => {
  const journal = filled(new ZoneJournal(bounds), 1, 500);
  expect(journal.size).toBeLessThanOrEqual(kept);
  expect(journal.size).toBeGreaterThan(kept - 4);
  expect(journal.octets).toBeLessThanOrEqual(bounds.octets);
  expect(journal.since(501 - journal.size)?.to).toBe(501);
  expect(journal.since(500 - journal.size)).toBeUndefined();
});

it('keeps nothing of a step that is larger than all it may keep', () => {
  const journal = filled(new ZoneJournal({ steps: 10, octets: 100 }), 1, 1);
  expect([journal.size, journal.octets, journal.since(1)]).toEqual([0, 0, undefined]);
});
