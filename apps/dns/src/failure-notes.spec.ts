import { FailureNotes } from './failure-notes';

const failure = (code: string): Error => Object.assign(new Error(code), { code });

it('tells the first failure of each kind, and how many came until the next one is told', () => {
  const told: [string, number][] = [];
  const log = { error: ({ err, untold }: { err: Error; untold: number }) => void told.push([err.message, untold]) };
  let now = 0;
  const notes = new FailureNotes(log, () => now);
  for (let i = 0; i < 1_000; i++) notes.note(failure('EHOSTUNREACH'));
  notes.note(failure('EPERM'));
  now = 10_000;
  notes.note(failure('EHOSTUNREACH'));
  notes.note(failure('EHOSTUNREACH'));
  expect(told).toEqual([
    ['EHOSTUNREACH', 0],
    ['EPERM', 0],
    ['EHOSTUNREACH', 999],
  ]);
});

it('keeps no more kinds than a few', () => {
  let told = 0;
  const notes = new FailureNotes({ error: () => void (told += 1) }, () => 0);
  for (let i = 0; i < 1_000; i++) notes.note(failure(`E${i}`));
  expect(told).toBe(1_000);
  notes.note(failure('E999'));
  expect(told).toBe(1_000);
});
