import { randomUUID } from 'node:crypto';
import { MAX_UPDATE_NAMES } from '@lxdm/domain';
import { NewAuditEvent, TsigKeysRepository, UpdateInputs, UpdateRefusal, ZoneUpdatesRepository } from '../src';
import { TestDatabase, unique, ZONE } from './database';

let database: TestDatabase;
let updates: ZoneUpdatesRepository;
beforeAll(async () => {
  database = await TestDatabase.open();
  updates = new ZoneUpdatesRepository(database.db);
});
afterAll(() => database.close());

const audit: NewAuditEvent = {
  actorId: null,
  actorName: 'key',
  means: 'dns',
  tokenId: null,
  address: '192.0.2.1',
  sudo: false,
  action: 'zone.update',
  targetKind: 'zone',
  targetId: ZONE,
  targetName: ZONE,
  projectId: null,
  operationId: null,
  result: 'done',
  detail: {},
  requestId: null,
};
async function key(): Promise<string> {
  const [id, name] = [randomUUID(), `k${unique()}.example.`];
  const row = { id, name, algorithm: 'hmac-sha256' as const, secretSealed: 'x', createdById: null };
  const rights = { updateNames: [ZONE], updateTypes: [], mayTransfer: false };
  await database.db.run((tx) => new TsigKeysRepository(database.db).create(tx, { ...row, ...rights }));
  return id;
}
const name = (prefix: string, index: number): string => `${prefix}${index}.${ZONE}`;
const names = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => name(prefix, index));
const text = (owner: string, words = 'a') => ({ owner, type: 16, ttl: 60, rdata: Buffer.from(`\x01${words}`) });
const update = (
  keyId: string,
  owners: readonly string[],
  {
    zone = ZONE,
    words = 'a',
    removed = (): readonly string[] => [],
  }: Partial<{
    zone: string;
    words: string;
    removed: (inputs: UpdateInputs) => readonly string[];
  }> = {},
): Promise<number | null> =>
  updates.update({ zone, owners, containers: [], addresses: [] }, keyId, (inputs) => ({
    removed: removed(inputs),
    added: owners.map((owner) => text(owner, words)),
    audit,
  }));
const state = () =>
  database.one(
    'SELECT (SELECT count(*) FROM zone_records) AS records, (SELECT count(*) FROM audit_events) AS events, (SELECT serial FROM zones) AS serial',
  );

it('a key has records at a thousand names, not one more, and may go on with those that it has', async () => {
  const id = await key();
  await update(id, names('a', MAX_UPDATE_NAMES - 1));
  await update(id, [name('last', 0)]);
  const before = await state();
  await expect(update(id, [name('over', 0)])).rejects.toThrow(UpdateRefusal);
  await expect(update(id, [name('a', 0), name('over', 0)], { words: 'b' })).rejects.toThrow(/1001 names/);
  // Nothing of it is left: no record, no line in the log, no bump.
  expect(await state()).toEqual(before);
  await update(id, [name('a', 0)], { words: 'b' });
  const all = ({ records }: UpdateInputs) => records.map((record) => record.id);
  await updates.update({ zone: ZONE, owners: [name('a', 1)], containers: [], addresses: [] }, id, (inputs) => ({
    removed: all(inputs),
    added: [text(name('instead', 0))],
    audit,
  }));
  await expect(update(id, [name('over', 0)])).rejects.toThrow(UpdateRefusal);
  // Another key has its own thousand.
  await update(await key(), [name('other', 0)]);
});

it('a key that has more of old may change and remove them', async () => {
  const id = await key();
  await database.db.query(
    `INSERT INTO zone_records (zone, owner, type, ttl, rdata, source, tsig_key_id) SELECT $1, 'old' || n || '.' || $1, 16, 60, '\\x0161', 'update', $2 FROM generate_series(0, $3::int) n`,
    [ZONE, id, MAX_UPDATE_NAMES + 5],
  );
  await update(id, [name('old', 0)], { words: 'b' });
  const all = ({ records }: UpdateInputs) => records.map((record) => record.id);
  await update(id, [name('old', 1)], { words: 'c', removed: all });
  await expect(update(id, [name('new', 0)])).rejects.toThrow(UpdateRefusal);
});

it('of a key or a zone that is gone nothing is stored', async () => {
  await expect(update(randomUUID(), [name('gone', 0)])).rejects.toThrow(new UpdateRefusal('the key is gone'));
  const nowhere = update(await key(), ['a.nowhere.example.'], { zone: 'nowhere.example.' });
  await expect(nowhere).rejects.toThrow(new UpdateRefusal('the zone nowhere.example. is gone'));
});
