import { NowAndThen } from './now-and-then';

it('tells the first of each kind, and how many came until the next one is told', () => {
  let now = 0;
  const notes = new NowAndThen(10_000, () => now);
  expect(Array.from({ length: 1_000 }, () => notes.count('EHOSTUNREACH')).reduce((a, b) => a + b)).toBe(1);
  expect(notes.count('EPERM')).toBe(1);
  now = 9_999;
  expect(notes.count('EPERM')).toBe(0);
  now = 10_000;
  expect(notes.count('EHOSTUNREACH')).toBe(1_000);
  expect(notes.count('EHOSTUNREACH')).toBe(0);
});

it('keeps no more kinds than a few', () => {
  const notes = new NowAndThen(10_000, () => 0);
  for (let i = 0; i < 1_500; i++) expect(notes.count(`E${i}`)).toBe(1);
  expect(notes.count('E1499')).toBe(0);
  expect(notes.count('E0')).toBe(1);
});
