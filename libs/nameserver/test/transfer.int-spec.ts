import { execFile } from 'node:child_process';
import { connect } from 'node:net';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { DnsServerOptions } from '../src/server/server-options';
import { TransferOutcome, TransferRequest } from '../src/transfer/transfer-request';
import { zoneDelta } from '../src/transfer/zone-delta';
import { ZoneJournal } from '../src/transfer/zone-journal';
import { transferRecords } from '../src/transfer/zone-transfer';
import { TsigKey } from '../src/tsig/tsig-key';
import { Rcode } from '../src/rcode';
import { Zone } from '../src/zone';
import { buildZone } from '../src/zone-builder';
import { RrsetData } from '../src/zone-data';
import { ZoneSet } from '../src/zone-set';
import { framed, startServer, until } from './clients';
import { query } from './ask';
import { soa, zoneData } from './sample-zone';

const run = promisify(execFile);
const secret = Buffer.from('a secret that both sides know, 32');
const FIRST = 0xffff_fffe;
/** Zones of more names are larger than what the system buffers for a connection. */
const LARGE = 10_000;
const FILLER = 'x'.repeat(200);

/** A version of a zone whose every record tells the serial, and whose size follows from it. */
function version(serial: number, names = 3_000): Zone {
  const tag: RrsetData = { name: 'tag', ttl: 60, type: 'TXT', records: [`serial ${serial}`] };
  const hosts = Array.from({ length: names + (serial % 7) }, (_, i): RrsetData => {
    const owner = { name: `host-${i}`, ttl: 60 };
    if (names > LARGE) return { ...owner, type: 'TXT', records: [FILLER] };
    return { ...owner, type: 'A', records: [`10.${serial & 255}.${i >> 8}.${i & 255}`] };
  });
  return buildZone(zoneData([tag, ...hosts], { soa: { ...soa, serial } }));
}

/** A primary of one zone, whose versions follow one another. */
async function primary(first: Zone, options: Partial<DnsServerOptions> = {}) {
  let zone = first;
  const journal = new ZoneJournal();
  const outcomes: TransferOutcome[] = [];
  const may = (request: TransferRequest): boolean => request.key?.name.toString() === 'key.';
  const { server, port, errors } = await startServer({
    zones: ZoneSet.of([zone]),
    tsigKeys: [
      new TsigKey({ name: 'key', algorithm: 'hmac-sha256', secret }),
      new TsigKey({ name: 'key512', algorithm: 'hmac-sha512', secret }),
    ],
    onTransfer: (request) => {
      if (!may(request)) return Rcode.REFUSED;
      const { records } = transferRecords(request.zone, request.serial, journal);
      return { records, onEnd: (outcome) => void outcomes.push(outcome) };
    },
    ...options,
  });
  const publish = (next: Zone): void => {
    journal.add(zoneDelta(zone, next));
    zone = next;
    server.setZones(ZoneSet.of([zone]));
  };
  return { server, port, errors, outcomes, publish };
}

const KEY = `hmac-sha256:key:${secret.toString('base64')}`;

async function dig(port: number, words: string, program = 'dig'): Promise<string> {
  const args = ['@127.0.0.1', '-p', String(port), ...words.split(' '), '+time=10'];
  const { stdout } = await run(program, args, { maxBuffer: 1 << 26 }).catch((error: { stdout: string }) => error);
  return stdout;
}

function records(text: string): string[] {
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith(';') && !line.includes('TSIG'))
    .map((line) => line.replaceAll(/\s+/g, ' '));
}

describe('the whole zone', () => {
  let one: Awaited<ReturnType<typeof primary>>;
  beforeAll(async () => (one = await primary(version(FIRST))));
  afterAll(() => one.server.close());

  it.each(['dig', 'kdig'])(
    'comes whole, signed, the SOA first and last, in messages of 16 KiB (%s)',
    async (program) => {
      const text = await dig(one.port, `-y ${KEY} ct.example.org -t AXFR`, program);
      const got = records(text);
      // SOA twice, NS, the name server's address, the tag, and the hosts.
      expect(got).toHaveLength(5 + 3_000 + (FIRST % 7));
      expect(got[0]).toMatch(/ SOA .* 4294967294 /);
      expect(got.at(-1)).toBe(got[0]);
      expect(new Set(got).size).toBe(got.length - 1);
      expect(text).not.toMatch(/Couldn't verify|TSIG error|WARNING|failed/i);
      await until(() => one.server.pendingRequests === 0, 'the end of it');
      const { complete, messages, octets } = one.outcomes.at(-1) as TransferOutcome;
      expect([complete, messages]).toEqual([true, Math.ceil(octets / 16_500)]);
    },
  );

  it.each([
    ['without a key', 'ct.example.org AXFR', /Transfer failed/],
    [
      'with a key without right',
      `-y hmac-sha512:key512:${secret.toString('base64')} ct.example.org AXFR`,
      /Transfer failed/,
    ],
    [
      'with a wrong secret',
      `-y hmac-sha256:key:AAAA ct.example.org AXFR`,
      /BADSIG|tsig verify failure|Transfer failed/,
    ],
    ['with an unknown key', `-y hmac-sha256:nobody:AAAA ct.example.org AXFR`, /BADKEY|Transfer failed/],
    ['of a name inside', `-y ${KEY} tag.ct.example.org AXFR`, /Transfer failed/],
    ['of another zone', `-y ${KEY} example.com AXFR`, /Transfer failed/],
  ])('%s does not come', async (_what, words, expected) => {
    const text = await dig(one.port, words);
    expect(text).toMatch(expected);
    expect(records(text)).toEqual([]);
  });

  it('is told in the case in which the zone is, whatever the question looks like', async () => {
    const text = await dig(one.port, `-y ${KEY} CT.Example.ORG AXFR`);
    expect(text).not.toMatch(/CT\.Example\.ORG\.\s+\d+\s+IN/);
    expect(records(text)).toHaveLength(5 + 3_000 + (FIRST % 7));
  });

  it('waits for a hundred at once, and answers questions meanwhile', async () => {
    const all = Promise.all(Array.from({ length: 100 }, () => dig(one.port, `-y ${KEY} ct.example.org AXFR`)));
    const asked = await dig(one.port, 'tag.ct.example.org TXT +short');
    expect(asked).toBe('"serial 4294967294"\n');
    const sizes = (await all).map((text) => records(text).length);
    expect(new Set(sizes)).toEqual(new Set([5 + 3_000 + (FIRST % 7)]));
    await until(() => one.server.pendingRequests === 0, 'the end of all');
    expect(one.errors).toEqual([]);
  }, 60_000);
});

describe('what changed', () => {
  let one: Awaited<ReturnType<typeof primary>>;
  const small = (serial: number) => version(serial, 20);
  beforeAll(async () => {
    one = await primary(small(FIRST));
    // Over the end of the circle: …fe, …ff, 0, 1, 2.
    for (const serial of [0xffff_ffff, 0, 1, 2]) one.publish(small(serial));
  });
  afterAll(() => one.server.close());

  it.each(['dig', 'kdig'])('comes as one difference over TCP (%s)', async (program) => {
    const got = records(await dig(one.port, `-y ${KEY} ct.example.org -t IXFR=1 +tcp`, program));
    expect(got[0]).toMatch(/ SOA .* 2 3600/);
    expect(got[1]).toMatch(/ SOA .* 1 3600/);
    expect(got.filter((line) => line.includes('SOA'))).toHaveLength(4);
    expect(got.at(-1)).toBe(got[0]);
    expect(got).toContain('tag.ct.example.org. 60 IN TXT "serial 1"');
    expect(got).toContain('tag.ct.example.org. 60 IN TXT "serial 2"');
  });

  it.each([
    ['several steps at once', FIRST, 4, /IN TXT "serial 4294967294"/],
    ['from an unknown serial: the whole zone', 77_777 + 0x8000_0000, 2, /./],
    ['for who has it: the SOA alone', 2, 1, /./],
    ['for who is ahead: the SOA alone', 5, 1, /./],
  ])('%s', async (_what, serial, soas, also) => {
    const text = await dig(one.port, `-y ${KEY} ct.example.org IXFR=${serial} +tcp`);
    expect(records(text).filter((line) => line.includes('SOA'))).toHaveLength(soas);
    expect(records(text).join('\n')).toMatch(also);
  });

  it('over UDP comes as far as a datagram holds, else the SOA sends to TCP', async () => {
    one.publish(buildZone(zoneData([], { soa: { ...soa, serial: 3 } })));
    one.publish(
      buildZone(
        zoneData([{ name: 'new', ttl: 60, type: 'A', records: ['192.0.2.1'] }], { soa: { ...soa, serial: 4 } }),
      ),
    );
    const little = records(await dig(one.port, `-y ${KEY} ct.example.org -t IXFR=3 +notcp`, 'kdig'));
    expect(little).toHaveLength(5);
    expect(little).toContain('new.ct.example.org. 60 IN A 192.0.2.1');
    const much = await udpRecords(one.port, 2);
    expect(much).toBe(1);
  });

  async function udpRecords(port: number, serial: number): Promise<number> {
    const text = await dig(port, `-y ${KEY} ct.example.org -t IXFR=${serial} +notcp +bufsize=512 +ignore`, 'kdig');
    return records(text).length;
  }
});

it('each transfer is one version, whatever comes meanwhile', async () => {
  const one = await primary(version(1));
  let serial = 1;
  const storm = setInterval(() => one.publish(version(++serial)), 20);
  try {
    const seen = new Set<number>();
    for (let round = 0; round < 8; round++) {
      const texts = await Promise.all([1, 2, 3].map(() => dig(one.port, `-y ${KEY} ct.example.org AXFR`)));
      for (const text of texts) {
        const got = records(text);
        const own = Number(/ SOA \S+ \S+ (\d+) /.exec(got[0] ?? '')?.[1]);
        seen.add(own);
        expect(got.at(-1)).toBe(got[0]);
        expect(got).toHaveLength(5 + 3_000 + (own % 7));
        expect(text).toContain(`"serial ${own}"`);
        expect(got.filter((line) => line.startsWith('host-') && !line.includes(` A 10.${own & 255}.`))).toEqual([]);
      }
    }
    expect(seen.size).toBeGreaterThan(1);
  } finally {
    clearInterval(storm);
    await one.server.close();
  }
}, 60_000);

describe('a client that is no good', () => {
  const question = framed(query({ name: 'ct.example.org', type: 'AXFR' as never, edns: false }));
  const everybody = (zone: Zone, limits: DnsServerOptions['limits'], outcomes: TransferOutcome[]) =>
    primary(zone, {
      limits,
      onTransfer: (request) => ({
        records: transferRecords(request.zone, undefined, undefined).records,
        onEnd: (outcome) => void outcomes.push(outcome),
      }),
    });

  it('goes away in the middle, and nothing is left of it', async () => {
    const outcomes: TransferOutcome[] = [];
    const one = await everybody(version(1, 60_000), {}, outcomes);
    const socket = connect(one.port, '127.0.0.1');
    socket.write(question);
    await once(socket, 'data');
    socket.resetAndDestroy();
    await until(() => outcomes.length === 1, 'its end');
    expect(outcomes[0]).toMatchObject({ complete: false });
    expect([one.server.pendingRequests, one.server.tcpConnections]).toEqual([0, 0]);
    await one.server.close();
  });

  it('takes nothing: little is made for it, and its time runs out', async () => {
    const outcomes: TransferOutcome[] = [];
    const one = await everybody(version(1, 60_000), { tcpIdleTimeout: 500 }, outcomes);
    const sockets = Array.from({ length: 20 }, () => connect(one.port, '127.0.0.1'));
    for (const socket of sockets) {
      socket.on('error', () => socket.destroy());
      socket.pause();
      socket.write(question);
    }
    await until(() => outcomes.length === sockets.length, 'the end of all');
    // What the system's buffers take, and not the zone.
    for (const { complete, octets } of outcomes) expect([complete, octets < 10_000_000]).toEqual([false, true]);
    expect(one.server.pendingRequests).toBe(0);
    for (const socket of sockets) socket.destroy();
    await one.server.close();
  }, 30_000);

  it('takes too long in all', async () => {
    const outcomes: TransferOutcome[] = [];
    const one = await everybody(version(1, 60_000), { transferTimeout: 1 }, outcomes);
    const socket = connect(one.port, '127.0.0.1');
    socket.on('error', () => socket.destroy());
    socket.write(question);
    socket.resume();
    await once(socket, 'close');
    expect(outcomes).toMatchObject([{ complete: false }]);
    await one.server.close();
  });

  it('wants more at once than there may be', async () => {
    const outcomes: TransferOutcome[] = [];
    const one = await everybody(version(1, 60_000), { pendingRequests: 2 }, outcomes);
    const held = [1, 2].map(() => connect(one.port, '127.0.0.1'));
    for (const socket of held) {
      socket.pause();
      socket.write(question);
    }
    await until(() => one.server.pendingRequests === 2, 'two at work');
    const text = await dig(one.port, 'ct.example.org AXFR');
    expect(text).toMatch(/Transfer failed/);
    for (const socket of held) socket.destroy();
    await until(() => one.server.pendingRequests === 0, 'the end of both');
    expect(records(await dig(one.port, 'ct.example.org AXFR'))).toHaveLength(5 + 60_000 + 1);
    await one.server.close();
  }, 30_000);
});
