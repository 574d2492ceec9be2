import {
  buildZone,
  generateZoneKey,
  SignedZone,
  SigningKey,
  signZone,
  Transfer,
  TransferRequest,
  TsigKey,
  Zone,
} from '@lxdm/nameserver';
import { pino } from 'pino';
import { TransferService } from './transfer-handler';
import { TransferJournals } from './transfer-journals';

const ZONE = 'ct.example.';
const SOA = 6;
const key = new TsigKey({ name: 'key.', algorithm: 'hmac-sha256', secret: Buffer.alloc(32) });
const { dnskey, privateKey } = generateZoneKey();
const active = SigningKey.open(dnskey, privateKey, 'active');
const window = { inception: 0, expiration: 2 ** 31 };

const bare = (serial: number): Zone => {
  const soa = { mname: 'ns', rname: 'me', serial, refresh: 1, retry: 1, expire: 1, minimum: 60, ttl: 60 };
  const names = Array.from({ length: 20 }, (_, index) => `n${index}`);
  const rrsets = [...names, `v${serial}`].map((name) => ({
    name,
    type: 'A' as const,
    ttl: 60,
    records: ['192.0.2.1'],
  }));
  return buildZone({ origin: ZONE, soa, ns: ['ns.example.'], rrsets });
};

/** One process that serves a zone. */
class Server {
  private readonly journals = new TransferJournals();
  private readonly service = new TransferService({
    journals: this.journals,
    rights: { keyRights: () => ({ id: 'key', mayTransfer: true }), secondaries: [] },
    notes: { note: () => undefined },
    forward: ZONE,
    log: pino({ level: 'silent' }),
  });
  private zone: Zone | undefined;

  async serve(serial: number, isSigned = true): Promise<void> {
    const { zone: earlier } = this;
    const previous = earlier instanceof SignedZone ? earlier : undefined;
    const unsigned = bare(serial);
    const parts = { keys: [active], window, keyTtl: 3_600 };
    this.zone = isSigned ? (await signZone(unsigned, parts, previous)).zone : unsigned;
    const served = (zone: Zone) => ({ served: new Map([[ZONE, zone]]) });
    this.journals.hear({ before: earlier && served(earlier), after: served(this.zone) });
  }

  /** Whether a client gets the zone whole or what changed; how it ends is told when the end comes. */
  begin(serial?: number, changes: Partial<TransferRequest> = {}): { kind: string; end: (complete: boolean) => void } {
    const { zone } = this;
    if (!zone) throw new Error('nothing is served');
    const request = { zone, serial, key, protocol: 'tcp' as const, sender: '192.0.2.1', ...changes };
    const { records, onEnd } = this.service.onTransfer(request) as Transfer;
    const soas = [...records].filter(({ type }) => type === SOA).length;
    const outcome = { messages: 1, records: 1, octets: 1 };
    return {
      kind: ['', 'current', 'whole', '', 'changes'][soas] ?? '',
      end: (complete) => onEnd?.({ complete, ...outcome }),
    };
  }

  get(serial?: number, changes?: Partial<TransferRequest>): string {
    const { kind, end } = this.begin(serial, changes);
    end(true);
    return kind;
  }
}

async function serving(...serials: number[]): Promise<Server> {
  const server = new Server();
  for (const serial of serials) await server.serve(serial);
  return server;
}

it('tells changes of a signed zone to who got the version before here, again and again', async () => {
  const server = await serving(1);
  expect(server.get()).toBe('whole');
  for (const serial of [2, 3, 4]) {
    await server.serve(serial);
    expect(server.get(serial - 1)).toBe('changes');
  }
  expect(server.get(4)).toBe('current');
});

it('gives a signed zone whole to who got the same serial of another process', async () => {
  const [one, other] = [await serving(1), await serving(1)];
  expect(one.get()).toBe('whole');
  await other.serve(2);
  expect(other.get(1)).toBe('whole');
  await one.serve(2);
  await one.serve(3);
  // Two came from the other one.
  expect(one.get(2)).toBe('whole');
});

it.each<[string, Partial<TransferRequest>]>([
  ['from another address', { sender: '192.0.2.2' }],
  ['with another key', { key: new TsigKey({ name: 'other.', algorithm: 'hmac-sha256', secret: Buffer.alloc(32) }) }],
])('does not take who comes %s for the same client', async (_how, changes) => {
  const server = await serving(1);
  server.get();
  await server.serve(2);
  expect(server.get(1, changes)).toBe('whole');
  expect(server.get(1)).toBe('changes');
});

it('counts only what the client has taken to the end', async () => {
  const server = await serving(1);
  server.begin().end(false);
  await server.serve(2);
  expect(server.get(1)).toBe('whole');
});

it('tells changes of an unsigned zone to everybody, and none from signed to unsigned', async () => {
  const server = new Server();
  for (const serial of [1, 2, 3]) await server.serve(serial, false);
  expect(server.get(2)).toBe('changes');
  await server.serve(4);
  expect(server.get(3)).toBe('whole');
  await server.serve(5, false);
  expect(server.get(4)).toBe('whole');
});

it('tells what changed since its first version only to who got that here, as another process may have made it otherwise', async () => {
  const server = new Server();
  await server.serve(1, false);
  expect(server.get(undefined, { sender: '192.0.2.9' })).toBe('whole');
  for (const serial of [2, 3]) await server.serve(serial, false);
  expect([server.get(1), server.get(1, { sender: '192.0.2.9' }), server.get(2)]).toEqual([
    'whole',
    'changes',
    'changes',
  ]);
});
