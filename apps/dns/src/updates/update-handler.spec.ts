import type { UpdateInputs } from '@lxdm/entities';
import { buildZone, Name, Rcode, SignedRequest, TsigKey, UnavailableZone, ZoneSet } from '@lxdm/nameserver';
import { pino } from 'pino';
import { ServedSerials } from './served-serials';
import { UpdateHandler, UpdateParts } from './update-handler';
import type { UpdateStore } from './update-store';

const ZONE = 'ct.example.org.';
const wire = (name: string): Buffer => Name.parse(name).wire;
const soa = { mname: 'ns', rname: 'me', serial: 7, refresh: 1, retry: 1, expire: 1, minimum: 1, ttl: 1 };
const zones = ZoneSet.of([buildZone({ origin: ZONE, soa, ns: ['ns.example.'], rrsets: [] })]);
const key = new TsigKey({ name: 'key.', algorithm: 'hmac-sha256', secret: Buffer.alloc(8) });
const inputs: UpdateInputs = {
  zones: [{ name: ZONE, kind: 'forward', cidr: null, serial: 7 }],
  containers: [],
  records: [],
};

/** A message that adds TXT at a name of a zone. */
function message(zone = ZONE, name = `a.${ZONE}`): Buffer {
  const header = Buffer.from('123428000001000000010000', 'hex');
  const change = Buffer.concat([wire(name), Buffer.from('001000010000003c00020178', 'hex')]);
  return Buffer.concat([header, wire(zone), Buffer.of(0, 6, 0, 1), change]);
}

/** Does what it is told in memory, or fails. */
class FakeStore implements UpdateStore {
  done: { owner: string }[] = [];
  notes: unknown[] = [];
  touches = 0;
  faults: Error[] = [];

  update: UpdateStore['update'] = async (_scope, _key, decide) => {
    const fault = this.faults.shift();
    if (fault) throw fault;
    const decision = decide(inputs);
    if (!decision) return null;
    this.done.push(...decision.added);
    return 8;
  };
  touchKey = async (): Promise<void> => {
    this.touches += 1;
  };
  noteRefusal: UpdateStore['noteRefusal'] = async (event) => {
    this.notes.push(event.detail);
  };
}

let macs = 0;
const request = (changes: Partial<SignedRequest> = {}): SignedRequest => ({
  message: message(),
  key,
  mac: Buffer.of((macs += 1)),
  protocol: 'udp',
  sender: '192.0.2.1',
  zones,
  ...changes,
});
function handlerOf(changes: Partial<UpdateParts> = {}) {
  const store = new FakeStore();
  const served = new ServedSerials();
  served.served(8);
  const parts: UpdateParts = {
    apex: { zone: ZONE, nameserver: 'ns.example.', nameserverAddresses: [] },
    store,
    served,
    keyOf: () => ({ id: 'id', updateNames: [`*.${ZONE}`], updateTypes: [] }),
    cidrOf: () => null,
    log: pino({ level: 'silent' }),
    ...changes,
  };
  const { handle } = new UpdateHandler(parts);
  return { store, served, send: async (sent = request()) => ((await handle(sent))[3] ?? NaN) & 0x0f, handle };
}

it('answers with the id and the opcode of the request, and nothing else (RFC 2136 §3.8)', async () => {
  const { handle, store } = handlerOf();
  expect((await handle(request())).toString('hex')).toBe('1234a8000000000000000000');
  expect(store.done).toMatchObject([{ owner: `a.${ZONE}` }]);
});

it.each<[string, Partial<SignedRequest>, Partial<UpdateParts>, number]>([
  ['a zone that is not here', { message: message('org.') }, {}, Rcode.NOTAUTH],
  ['a name below ours that is no zone', { message: message(`a.${ZONE}`) }, {}, Rcode.NOTAUTH],
  ['a zone that is not here, with a name outside of it', { message: message('x.', 'y.') }, {}, Rcode.NOTAUTH],
  ['a name outside', { message: message(ZONE, 'a.org.') }, {}, Rcode.NOTZONE],
  ['a zone that is not loaded yet', { zones: ZoneSet.of([new UnavailableZone(ZONE)]) }, {}, Rcode.SERVFAIL],
  ['what is malformed', { message: message().subarray(0, 40) }, {}, Rcode.FORMERR],
  ['a key that is gone', {}, { keyOf: () => undefined }, Rcode.REFUSED],
  ['a key for nothing', {}, { keyOf: () => ({ id: 'id', updateNames: [], updateTypes: [] }) }, Rcode.REFUSED],
])('%s', async (_what, changes, parts, expected) => {
  const { send, store } = handlerOf(parts);
  expect(await send(request(changes))).toBe(expected);
  expect(store.done).toEqual([]);
});

it('bears passing faults of the database, and says SERVFAIL to others; then it may be tried again', async () => {
  const { send, store } = handlerOf();
  const fault = (code: string): Error => Object.assign(new Error(code), { code });
  store.faults = [fault('55P03'), fault('40P01')];
  expect(await send()).toBe(Rcode.NOERROR);
  store.faults = [fault('42501')];
  const again = request();
  expect(await send(again)).toBe(Rcode.SERVFAIL);
  expect(await send(again)).toBe(Rcode.NOERROR);
  expect(await send(again)).toBe(Rcode.NOERROR);
  expect(store.done).toHaveLength(2);
});

it('answers when the change is served, at the latest after a second', async () => {
  const served = new ServedSerials();
  const { send } = handlerOf({ served });
  const events: string[] = [];
  const answer = send().then(() => events.push('answered'));
  setImmediate(() => {
    events.push('served');
    served.served(8);
  });
  await answer;
  expect(events).toEqual(['served', 'answered']);
  const started = performance.now();
  expect(await handlerOf({ served: new ServedSerials() }).send()).toBe(Rcode.NOERROR);
  expect(performance.now() - started).toBeGreaterThan(950);
});

it('takes a hundred at a time', async () => {
  const { send } = handlerOf();
  const answers = await Promise.all(
    Array.from({ length: 130 }, (_, index) => send(request({ mac: Buffer.of(1, index) }))),
  );
  expect(answers.filter((rcode) => rcode === Rcode.NOERROR)).toHaveLength(100);
  expect(answers.filter((rcode) => rcode === Rcode.SERVFAIL)).toHaveLength(30);
  expect(await send()).toBe(Rcode.NOERROR);
});

it('notes the use of a key once a minute, and its refusals too', async () => {
  let now = 0;
  const { send, store } = handlerOf({ now: () => now });
  const refused = (): Promise<number> => send(request({ message: message(ZONE, ZONE) }));
  for (let index = 0; index < 5; index += 1) await refused();
  expect([store.touches, store.notes.length]).toEqual([1, 1]);
  now = 60_000;
  await refused();
  expect(store.touches).toBe(2);
  expect(store.notes).toEqual([
    { reason: `the key may not update ${ZONE}`, times: 1 },
    { reason: `the key may not update ${ZONE}`, times: 5 },
  ]);
});
