import type { SecondaryContents, SecondaryObservation } from '@lxdm/entities';
import { buildZone, NotifyTarget, Rcode, Zone } from '@lxdm/nameserver';
import { Notifier } from './notifier';

const version = (serial: number, origin = 'ct.example.'): Zone => {
  const soa = { mname: 'ns', rname: 'h', serial, refresh: 1, retry: 1, expire: 1, minimum: 60, ttl: 60 };
  return buildZone({ origin, soa, ns: ['ns.example.'], rrsets: [] });
};
const zones = (...list: Zone[]) => new Map(list.map((zone) => [zone.origin.toString(), zone]));
const secondary = (id: string, tsigKeyId: string | null = null): SecondaryContents => ({
  id,
  name: id,
  address: '192.0.2.1',
  port: 53,
  tsigKeyId,
});

/** Messages that are on their way, answered by the test. */
class Wire {
  readonly sent: { text: string; answer: (rcode: number | undefined) => void }[] = [];
  readonly notes: SecondaryObservation[] = [];
  readonly notifier = new Notifier({
    send: (zone, target, timeout) => this.send(zone, target, timeout),
    keyById: () => undefined,
    notes: { note: (one) => void this.notes.push(one) },
    forward: 'ct.example.',
    tries: [1, 2, 3],
    now: () => 0,
  });

  private send(zone: Zone, { port }: NotifyTarget, timeout: number): Promise<number | undefined> {
    return new Promise((answer) => {
      this.sent.push({ text: `${zone.origin.toString()} ${zone.serial} to ${port} within ${timeout}`, answer });
    });
  }

  /** Answers the oldest message, and lets what follows happen. */
  async answer(rcode: number | undefined): Promise<void> {
    this.sent.shift()?.answer(rcode);
    await new Promise((resolve) => setImmediate(resolve));
  }

  get texts(): string[] {
    return this.sent.map(({ text }) => text);
  }
}

it('tells each secondary of each zone, once', async () => {
  const wire = new Wire();
  const both = zones(version(1), version(1, 'x.example.'));
  wire.notifier.update(both, [secondary('a'), secondary('b')]);
  wire.notifier.update(both, [secondary('a'), secondary('b')]);
  expect(wire.texts).toHaveLength(4);
  for (let i = 0; i < 4; i++) await wire.answer(Rcode.NOERROR);
  wire.notifier.update(both, [secondary('a'), secondary('b')]);
  expect(wire.texts).toEqual([]);
  const notified = { serial: 1, at: new Date(0) };
  expect(wire.notes).toEqual([
    { id: 'a', notified, error: null },
    { id: 'b', notified, error: null },
  ]);
});

it('has one message on its way and tells of the newest version after it', async () => {
  const wire = new Wire();
  for (let serial = 1; serial <= 50; serial++) wire.notifier.update(zones(version(serial)), [secondary('a')]);
  expect(wire.texts).toEqual(['ct.example. 1 to 53 within 1']);
  await wire.answer(Rcode.NOERROR);
  expect(wire.texts).toEqual(['ct.example. 50 to 53 within 1']);
  await wire.answer(Rcode.NOERROR);
  expect(wire.texts).toEqual([]);
});

it('tries again with more patience, and gives up until the next version', async () => {
  const wire = new Wire();
  wire.notifier.update(zones(version(1)), [secondary('a')]);
  for (const patience of [1, 2, 3]) {
    expect(wire.texts).toEqual([`ct.example. 1 to 53 within ${patience}`]);
    await wire.answer(undefined);
  }
  expect(wire.texts).toEqual([]);
  expect(wire.notes).toEqual([{ id: 'a', error: expect.stringMatching(/does not answer/) as string }]);
  wire.notifier.update(zones(version(2)), [secondary('a')]);
  expect(wire.texts).toEqual(['ct.example. 2 to 53 within 1']);
});

it('a try tells of the version that is the newest then', async () => {
  const wire = new Wire();
  wire.notifier.update(zones(version(1)), [secondary('a')]);
  wire.notifier.update(zones(version(2)), [secondary('a')]);
  await wire.answer(undefined);
  expect(wire.texts).toEqual(['ct.example. 2 to 53 within 2']);
  await wire.answer(Rcode.NOERROR);
  expect(wire.texts).toEqual([]);
});

it('a refusal is told and not argued with', async () => {
  const wire = new Wire();
  wire.notifier.update(zones(version(1)), [secondary('a')]);
  await wire.answer(Rcode.NOTAUTH);
  expect(wire.texts).toEqual([]);
  expect(wire.notes).toEqual([{ id: 'a', error: 'it answers NOTAUTH when it is told of changes of ct.example.' }]);
});

it('a secondary that is gone is not told any more, one with another key is told anew', async () => {
  const wire = new Wire();
  wire.notifier.update(zones(version(1)), [secondary('a')]);
  wire.notifier.update(zones(version(2)), []);
  await wire.answer(undefined);
  expect(wire.texts).toEqual([]);
  wire.notifier.update(zones(version(2)), [secondary('a', 'key')]);
  expect(wire.texts).toEqual(['ct.example. 2 to 53 within 1']);
  wire.notifier.stop();
  await wire.answer(undefined);
  expect(wire.texts).toEqual([]);
});
