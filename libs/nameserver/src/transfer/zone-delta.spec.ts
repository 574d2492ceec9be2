import { amendZone } from '../zone-amendment';
import { buildZone } from '../zone-builder';
import { RrsetData } from '../zone-data';
import { Zone } from '../zone';
import { condensedDelta } from './condensed-delta';
import { deltaLines, recordLines, versionOf } from './zone-delta.cases';
import { zoneDelta, ZoneDelta } from './zone-delta';

const a = (name: string, ...records: string[]): RrsetData => ({ name, type: 'A', ttl: 60, records });

describe('what is different between two versions', () => {
  it.each<[string, RrsetData[], RrsetData[], string[]]>([
    ['nothing', [a('x', '192.0.2.1')], [a('x', '192.0.2.1')], []],
    ['a name comes', [], [a('x', '192.0.2.1')], ['+ x 60 1 c0000201']],
    ['a name goes', [a('x', '192.0.2.1')], [], ['- x 60 1 c0000201']],
    ['a record comes', [a('x', '192.0.2.1')], [a('x', '192.0.2.1', '192.0.2.2')], ['+ x 60 1 c0000202']],
    ['a record goes', [a('x', '192.0.2.1', '192.0.2.2')], [a('x', '192.0.2.2')], ['- x 60 1 c0000201']],
    ['another order is none', [a('x', '192.0.2.1', '192.0.2.2')], [a('x', '192.0.2.2', '192.0.2.1')], []],
    [
      'another TTL is all of the set',
      [a('x', '192.0.2.1', '192.0.2.2')],
      [{ ...a('x', '192.0.2.1', '192.0.2.2'), ttl: 30 }],
      ['- x 60 1 c0000201', '- x 60 1 c0000202', '+ x 30 1 c0000201', '+ x 30 1 c0000202'],
    ],
    [
      'another type',
      [a('x', '192.0.2.1')],
      [{ name: 'x', type: 'TXT', ttl: 60, records: ['t'] }],
      ['- x 60 1 c0000201', '+ x 60 16 0174'],
    ],
    ['a name at the apex', [], [{ name: '@', type: 'TXT', ttl: 60, records: ['t'] }], ['+ @ 60 16 0174']],
    ['an empty non-terminal is nothing', [], [a('x.y', '192.0.2.1')], ['+ x.y 60 1 c0000201']],
    [
      'another case of the owner',
      [a('x', '192.0.2.1')],
      [a('X', '192.0.2.1')],
      ['- x 60 1 c0000201', '+ X 60 1 c0000201'],
    ],
    [
      'a delegation with its glue',
      [],
      [{ name: 'sub', type: 'NS', ttl: 60, records: ['ns.sub'] }, a('ns.sub', '192.0.2.1')],
      ['+ sub 60 2 026e7303737562026374076578616d706c6500', '+ ns.sub 60 1 c0000201'],
    ],
  ])('%s', (_what, before, after, expected) => {
    const delta = zoneDelta(versionOf(1, before), versionOf(2, after));
    expect(deltaLines(delta).sort()).toEqual([...expected].sort());
    expect([delta.from, delta.to]).toEqual([1, 2]);
    expect(recordLines(delta.removed)[0]).toMatch(/^@ 60 6 /);
    expect(recordLines(delta.added)[0]).toMatch(/^@ 60 6 /);
  });

  it('costs what was amended', () => {
    const before = versionOf(
      1,
      Array.from({ length: 1_000 }, (_, i) => a(`h${i}`, '192.0.2.1')),
    );
    const { zone: after } = amendZone(before, { soa: soa(2), names: ['h7', 'h8'], rrsets: [a('h7', '192.0.2.9')] });
    if (!after) throw new Error('not amended');
    const looked = watched(before);
    expect(deltaLines(zoneDelta(before, after))).toEqual([
      '- h7 60 1 c0000201',
      '- h8 60 1 c0000201',
      '+ h7 60 1 c0000209',
    ]);
    expect(looked()).toBeLessThan(10);
  });

  it('does not trust what was amended from another version', () => {
    const before = versionOf(1, [a('x', '192.0.2.1')]);
    const between = amendZone(before, { soa: soa(2), names: ['x'], rrsets: [] }).zone as Zone;
    const after = amendZone(between, { soa: soa(3), names: ['y'], rrsets: [a('y', '192.0.2.2')] }).zone as Zone;
    expect(deltaLines(zoneDelta(before, after))).toEqual(['- x 60 1 c0000201', '+ y 60 1 c0000202']);
  });
});

describe('several steps as one', () => {
  const step = (from: number, before: RrsetData[], after: RrsetData[]): ZoneDelta =>
    zoneDelta(versionOf(from, before), versionOf(from + 1, after));

  it.each<[string, RrsetData[][], string[]]>([
    ['came and went', [[], [a('x', '192.0.2.1')], []], []],
    ['went and came back', [[a('x', '192.0.2.1')], [], [a('x', '192.0.2.1')]], []],
    [
      'changed twice',
      [[a('x', '192.0.2.1')], [a('x', '192.0.2.2')], [a('x', '192.0.2.3')]],
      ['- x 60 1 c0000201', '+ x 60 1 c0000203'],
    ],
    [
      'two names',
      [[], [a('x', '192.0.2.1')], [a('x', '192.0.2.1'), a('y', '192.0.2.2')]],
      ['+ x 60 1 c0000201', '+ y 60 1 c0000202'],
    ],
  ])('%s', (_what, versions, expected) => {
    const steps = versions.slice(1).map((after, i) => step(i + 1, versions[i] ?? [], after));
    const delta = condensedDelta(steps) as ZoneDelta;
    expect(deltaLines(delta)).toEqual(expected);
    expect([delta.from, delta.to]).toEqual([1, versions.length]);
    expect(recordLines(delta.removed)[0]).toBe(recordLines(steps[0]?.removed as Buffer)[0]);
    expect(recordLines(delta.added)[0]).toBe(recordLines(steps.at(-1)?.added as Buffer)[0]);
  });

  it('of nothing is nothing', () => {
    expect(condensedDelta([])).toBeUndefined();
  });
});

it('leads from any version to any later one', () => {
  let seed = 42;
  const random = (below: number): number => (seed = (seed * 1_103_515_245 + 12_345) & 0x7fff_ffff) % below;
  const versions = [buildVersion(1)];
  function buildVersion(serial: number): Zone {
    const names = Array.from({ length: 12 }, (_, i) => `n${i}`).filter(() => random(3) > 0);
    return versionOf(
      serial,
      names.map((name) => ({ ...a(name, `192.0.2.${random(4)}`, `192.0.2.${4 + random(3)}`), ttl: 60 + random(2) })),
    );
  }
  const steps: ZoneDelta[] = [];
  for (let serial = 2; serial <= 40; serial++) {
    const before = versions.at(-1) as Zone;
    versions.push(buildVersion(serial));
    steps.push(zoneDelta(before, versions.at(-1) as Zone));
  }
  for (let from = 0; from < 39; from++) {
    const delta = condensedDelta(steps.slice(from)) as ZoneDelta;
    const records = new Set(zoneLines(versions[from] as Zone));
    for (const line of recordLines(delta.removed)) expect(records.delete(line)).toBe(true);
    for (const line of recordLines(delta.added)) expect(records.has(line)).toBe(false);
    for (const line of recordLines(delta.added)) records.add(line);
    expect([...records].sort()).toEqual(zoneLines(versions[39] as Zone).sort());
  }
});

function soa(serial: number) {
  return { mname: 'ns', rname: 'h', serial, refresh: 1, retry: 1, expire: 1, minimum: 60, ttl: 60 };
}

function zoneLines(zone: Zone): string[] {
  return recordLines(
    zoneDelta(buildZone({ origin: 'ct.example', soa: soa(0), ns: ['nobody'], rrsets: [] }), zone).added,
  );
}

/** Counts how many names are looked at. */
function watched(zone: Zone): () => number {
  let count = 0;
  const nodes = zone.nodes as Map<string, unknown>;
  const { get } = nodes;
  nodes.get = (key) => {
    count += 1;
    return get.call(nodes, key);
  };
  nodes[Symbol.iterator] = () => {
    throw new Error('every name is looked at');
  };
  return () => count;
}
