import { describe, expect, it } from 'vitest';
import { container } from '../testing/samples';
import { project } from '../testing/people';
import { moveTargets } from './move-rules';

const owned = project({ id: 'owned', role: 'owner' });
const operated = project({ id: 'operated', role: 'operator' });
const viewed = project({ id: 'viewed', role: 'viewer' });
const foreign = project({ id: 'foreign', role: null });
const all = [owned, operated, viewed, foreign];
const inside = (id: string | null) => container({ project: id === null ? null : { id, name: id } });

describe('where a container may go', () => {
  it.each([
    ['owned', false, ['operated']],
    ['operated', false, ['owned']],
    ['viewed', false, []],
    [null, false, []],
    [null, true, ['owned', 'operated', 'viewed', 'foreign']],
    ['viewed', true, ['owned', 'operated', 'foreign']],
  ])('from %s (sudo: %s)', (from, isAdmin, expected) => {
    expect(moveTargets(inside(from), all, isAdmin).map(({ id }) => id)).toEqual(expected);
  });
});
