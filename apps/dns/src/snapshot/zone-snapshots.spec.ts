import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ZonesContents } from '@lxdm/entities';
import { pino } from 'pino';
import { ZoneKeeper } from '../zone/zone-keeper';
import { decodeSnapshot, encodeSnapshot } from './snapshot-format';
import { ZoneSnapshots } from './zone-snapshots';

const apex = { zone: 'ct.example.', nameserver: 'ns.ct.example.', nameserverAddresses: ['192.0.2.53'] };
const log = pino({ level: 'silent' });
const contents = (serial: number, ...names: string[]): ZonesContents => ({
  zones: [
    { name: 'ct.example.', kind: 'forward', cidr: null, serial, dnssec: true },
    { name: '2.0.192.in-addr.arpa.', kind: 'reverse', cidr: '192.0.2.0/24', serial, dnssec: false },
  ],
  seq: serial,
  journal: serial,
  bumpedAt: serial,
  wildcard: false,
  containers: names.map((name, index) => ({
    name,
    addresses: `192.0.2.${index + 1}`,
    hostKeys: `4:${'ab'.repeat(32)}`,
  })),
  records: [
    {
      zone: 'ct.example.',
      owner: 'sub.ct.example.',
      type: 2,
      ttl: 60,
      rdata: Buffer.from('\x02ns\x03sub\x02ct\x07example\0', 'latin1'),
    },
    { zone: 'ct.example.', owner: 'ns.sub.ct.example.', type: 1, ttl: 60, rdata: Uint8Array.of(192, 0, 2, 9) },
    { zone: 'ct.example.', owner: '\\000\\.odd.ct.example.', type: 65_280, ttl: 0, rdata: new Uint8Array() },
  ],
  zoneKeys: [],
  tsigKeys: [
    {
      id: 'a',
      name: 'key.',
      algorithm: 'hmac-sha256',
      secretSealed: 'sealed',
      updateNames: [],
      updateTypes: [],
      mayTransfer: true,
    },
  ],
  secondaries: [],
});
const versionOf = (serial: number, ...names: string[]) =>
  new ZoneKeeper(apex, () => undefined).whole(contents(serial, ...names));

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dns-snapshot-'));
  file = join(folder, 'zones');
});
afterEach(() => rmSync(folder, { recursive: true }));

it('gives back the same zones and the same state', async () => {
  const { built, ...state } = versionOf(7, 'a', 'b');
  const { version } = decodeSnapshot(await encodeSnapshot({ built, ...state }, apex, new Date()), apex);
  expect({ ...version, built: undefined }).toEqual({ ...state, how: 'snapshot', built: undefined });
  expect([...version.built.keys()]).toEqual([...built.keys()]);
  for (const [origin, zone] of built) {
    const nodes = version.built.get(origin)?.nodes;
    expect(nodes?.size).toBe(zone.nodes.size);
    for (const [key, node] of zone.nodes) expect(nodes?.get(key)?.equals(node)).toBe(true);
  }
});

it('is followed by a whole load as by any version: what is the same is kept', async () => {
  const { version } = decodeSnapshot(await encodeSnapshot(versionOf(7, 'a'), apex, new Date()), apex);
  const keeper = new ZoneKeeper(apex, () => undefined);
  keeper.restore(version);
  expect(keeper.whole(contents(7, 'a')).how).toBe('same');
  expect(keeper.whole(contents(8, 'a', 'b')).how).toBe('built');
});

it.each<[string, (octets: Buffer) => Buffer]>([
  ['empty', () => Buffer.alloc(0)],
  ['another file', () => Buffer.from('zone text')],
  ['another format', (octets) => Buffer.concat([Buffer.from('LXDM zones 2\n'), octets.subarray(13)])],
  ['cut off', (octets) => octets.subarray(0, octets.length - 1)],
  ['changed in one bit', (octets) => octets.with(octets.length - 3, 0x55) as Buffer],
])('does not serve from a file that is %s', async (_what, spoil) => {
  writeFileSync(file, spoil(await encodeSnapshot(versionOf(7, 'a'), apex, new Date())));
  expect(await new ZoneSnapshots(file, apex, log).load()).toBeUndefined();
});

it('does not serve what the settings do not name', async () => {
  writeFileSync(file, await encodeSnapshot(versionOf(7, 'a'), apex, new Date()));
  expect(await new ZoneSnapshots(file, { ...apex, nameserver: 'ns2.example.' }, log).load()).toBeUndefined();
  expect((await new ZoneSnapshots(file, apex, log).load())?.version.serial).toBe(7);
});

it('writes one file for its owner, the newest version of a storm, and nothing for what is saved already', async () => {
  const snapshots = new ZoneSnapshots(file, apex, log, 60_000);
  for (let serial = 1; serial <= 20; serial += 1) snapshots.note(versionOf(serial, 'a'));
  await snapshots.close();
  expect(readdirSync(folder)).toEqual(['zones']);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect((await snapshots.load())?.version.serial).toBe(20);
  const written = readFileSync(file);
  snapshots.note({ ...versionOf(20, 'a'), seq: 99 });
  await snapshots.close();
  expect(readFileSync(file).equals(written)).toBe(true);
});

it('lives without a file, and with one that cannot be written', async () => {
  const none = new ZoneSnapshots(null, apex, log);
  none.note(versionOf(1));
  await none.close();
  expect(await none.load()).toBeUndefined();
  const lost = new ZoneSnapshots(join(folder, 'missing', 'zones'), apex, log);
  lost.note(versionOf(1));
  await lost.close();
  expect(readdirSync(folder)).toEqual([]);
});
