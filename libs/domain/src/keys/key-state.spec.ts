import { KeyFacts, keyStateOf } from './key-state';

const NEW: KeyFacts = { wanted: true, placed: false, confirmed: false, settled: false, error: null, waiting: null };

it.each<[string, Partial<KeyFacts>, string, string | null]>([
  ['nobody has looked yet', {}, 'pending', null],
  ['the container does not run', { waiting: 'not running' }, 'pending', 'not running'],
  ['it is being written', { placed: true }, 'pending', null],
  ['it is there', { placed: true, confirmed: true, settled: true }, 'placed', null],
  ['it is there, and another one is not yet', { placed: true, confirmed: true }, 'placed', null],
  ['it is there, and the last look failed', { placed: true, confirmed: true, error: 'no' }, 'placed', null],
  ['it was there before us', { settled: true }, 'placed', 'It was put there by hand, and stays there.'],
  ['it cannot be written', { placed: true, error: 'a directory' }, 'failed', 'a directory'],
  ['it cannot be written, and nothing is tried now', { error: 'no', waiting: 'not running' }, 'failed', 'no'],
  ['it is to go', { wanted: false, placed: true, confirmed: true }, 'removing', null],
  ['it is to go and cannot', { wanted: false, placed: true, error: 'a directory' }, 'removing', 'a directory'],
  ['it is to go when it runs', { wanted: false, placed: true, waiting: 'not running' }, 'removing', 'not running'],
])('%s', (_what, facts, state, detail) => {
  expect(keyStateOf({ ...NEW, ...facts })).toEqual({ state, detail });
});
