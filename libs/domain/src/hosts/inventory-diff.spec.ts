import { inventoryDiff, isOurs, KnownContainer, SeenInstance } from './inventory-diff';

const seen = (name: string, over: Partial<SeenInstance> = {}): SeenInstance => ({
  name,
  containerId: null,
  uuid: `uuid of ${name}`,
  ...over,
});
const ours = (name: string, over: Partial<KnownContainer> = {}): KnownContainer => ({
  id: `id of ${name}`,
  name,
  uuid: `uuid of ${name}`,
  created: true,
  adopted: false,
  ...over,
});
const adopted = (name: string, over: Partial<KnownContainer> = {}) => ours(name, { adopted: true, ...over });
const marked = (name: string, over: Partial<SeenInstance> = {}) =>
  seen(name, { containerId: `id of ${name}`, ...over });

it.each([
  ['our mark', marked('web'), ours('web'), true],
  ['our mark, restored under another uuid', marked('web', { uuid: 'other' }), ours('web'), true],
  ['our mark, on a server without uuids', marked('web', { uuid: null }), ours('web'), true],
  ['no mark', seen('web'), ours('web'), false],
  ["another row's mark", seen('web', { containerId: 'id of db' }), ours('web'), false],
  ['a copy of ours under another name', seen('web-copy', { containerId: 'id of web' }), ours('web'), false],
  ['adopted, the same uuid', seen('web'), adopted('web'), true],
  ['adopted, the uuid not known yet', seen('web'), adopted('web', { uuid: null }), true],
  ['adopted, a server without uuids', seen('web', { uuid: null }), adopted('web'), true],
  ['adopted, made anew by hand', seen('web', { uuid: 'other' }), adopted('web'), false],
  ['adopted, another name', seen('db', { uuid: 'uuid of web' }), adopted('web'), false],
  ['adopted, with the mark of another manager', seen('web', { containerId: 'foreign' }), adopted('web'), true],
  ['adopted, marked, made anew by hand', seen('web', { containerId: 'foreign', uuid: 'x' }), adopted('web'), false],
])('%s', (_, instance, row, expected) => {
  expect(isOurs(instance, row)).toBe(expected);
});

it('sorts a full list into what is known, unknown and missing', () => {
  const list = [marked('web'), seen('byhand'), seen('found')];
  const rows = [ours('web'), ours('lost'), ours('planned', { created: false }), adopted('found'), adopted('gone')];
  const diff = inventoryDiff(list, rows);
  expect(diff.matched.map(({ seen: { name }, known }) => [name, known.id])).toEqual([
    ['web', 'id of web'],
    ['found', 'id of found'],
  ]);
  expect(diff.unmanaged.map(({ name }) => name)).toEqual(['byhand']);
  expect(diff.missing.map(({ name }) => name)).toEqual(['lost', 'gone']);
});

it('a copy made on the host is a container of its own; the row keeps one instance', () => {
  const copy = seen('web-copy', { containerId: 'id of web' });
  const diff = inventoryDiff([copy, marked('web')], [ours('web')]);
  expect(diff).toEqual({ matched: [{ seen: marked('web'), known: ours('web') }], unmanaged: [copy], missing: [] });
  // Adopted in the first scan, it is known in the second, and does not come and go.
  const again = inventoryDiff([copy, marked('web')], [ours('web'), adopted('web-copy', { id: 'new' })]);
  expect(again.matched.map(({ known }) => known.id)).toEqual(['new', 'id of web']);
  expect(again).toMatchObject({ unmanaged: [], missing: [] });
});

it('an instance renamed on the host is missing under its old name and found under its new one', () => {
  const renamed = seen('web-old', { containerId: 'id of web' });
  expect(inventoryDiff([renamed], [ours('web')])).toEqual({
    matched: [],
    unmanaged: [renamed],
    missing: [ours('web')],
  });
});

it("somebody else's instance under the name of ours is not adopted while we hold the name", () => {
  const diff = inventoryDiff([seen('web')], [ours('web')]);
  expect(diff).toEqual({ matched: [], unmanaged: [], missing: [ours('web')] });
  const planned = inventoryDiff([seen('web')], [ours('web', { created: false })]);
  expect(planned).toEqual({ matched: [], unmanaged: [], missing: [] });
});

it('what is created but not yet known as created is found by its mark', () => {
  const diff = inventoryDiff([marked('web')], [ours('web', { created: false, uuid: null })]);
  expect(diff.matched).toHaveLength(1);
});

it('an empty host has lost everything that was on it, and nothing that never was', () => {
  const rows = [ours('web'), adopted('db'), ours('planned', { created: false })];
  expect(inventoryDiff([], rows).missing.map(({ name }) => name)).toEqual(['web', 'db']);
  expect(inventoryDiff([], [])).toEqual({ matched: [], unmanaged: [], missing: [] });
});
