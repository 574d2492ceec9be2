import { createSocket, Socket } from 'node:dgram';
import { RecordType } from 'dns-packet';
import { buildZone } from '../src/zone-builder';
import { readZoneFile } from '../src/zone-file/zone-file-reader';
import { writeZoneFile } from '../src/zone-file/zone-file-writer';
import { ZoneSet } from '../src/zone-set';
import { decodeReply, lines, query, Reply } from './ask';
import { startServer } from './clients';
import { Make, OtherServer } from './other-servers';

const ZONE = 'ct.example.org';
const QUERIES = 5_000;
const many = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => line(i)).join('\n');
const TEXT = `@ 300 SOA ns hostmaster 7 3600 600 86400 60
@ 300 NS ns
@ 300 NS ns2.example.net.
@ 300 MX 10 mail
@ 300 TXT "v=spf1 mx -all"
@ 300 CAA 0 issue "ca.example.net"
@ 300 HTTPS 1 . alpn=h2
ns 300 A 192.0.2.53
ns 300 AAAA 2001:db8::53
mail 300 A 192.0.2.25
${many(200, (i) => `web${i} 60 A 10.0.0.${i}\nweb${i} 60 AAAA 2001:db8::${i.toString(16)}\nweb${i} 60 SSHFP 4 2 ${'ab'.repeat(32)}`)}
www 60 CNAME web1
alias 60 CNAME www
broken 60 CNAME nowhere
away 60 CNAME x.example.net.
into 60 CNAME host.sub
wildly 60 CNAME any.wild
*.wild 60 TXT "wild"
*.wild 60 A 192.0.2.99
real.wild 60 A 192.0.2.98
deep.real.wild 60 TXT "below"
*.alias 60 CNAME web2
a.b.c.deep 60 A 192.0.2.1
_sip._tcp 60 SRV 0 5 5060 web1
_acme-challenge.web1 60 TXT "token"
sub 60 NS ns.sub
sub 60 NS ns2.example.net.
ns.sub 60 A 192.0.2.60
sub 60 DS 1 13 2 ${'cd'.repeat(32)}
plain 60 NS ns1.plain
ns1.plain 60 AAAA 2001:db8::60
odd 60 TYPE65280 \\# 2 0102
tlsa._tcp 60 TLSA 3 1 1 ${'ef'.repeat(32)}
n 60 NAPTR 1 1 "S" "SIP+D2U" "" _sip._tcp
`;

const zone = buildZone(readZoneFile(TEXT, { origin: `${ZONE}.` }));
const TYPES = [
  'A',
  'AAAA',
  'CNAME',
  'MX',
  'NS',
  'TXT',
  'SRV',
  'CAA',
  'SSHFP',
  'TLSA',
  'NAPTR',
  'UNKNOWN_65',
  'DS',
  'SOA',
  'PTR',
  'UNKNOWN_65280',
] as const;
const FIXED = [
  '',
  'ns.',
  'mail.',
  'www.',
  'alias.',
  'x.alias.',
  'broken.',
  'away.',
  'into.',
  'wildly.',
  'wild.',
  'q.wild.',
  'a.b.wild.',
  '*.wild.',
  'real.wild.',
  'x.real.wild.',
  'deep.real.wild.',
  'deep.',
  'c.deep.',
  'b.c.deep.',
  'a.b.c.deep.',
  'x.c.deep.',
  '_tcp.',
  '_sip._tcp.',
  'sub.',
  'x.sub.',
  'ns.sub.',
  'plain.',
  'ns1.plain.',
  'y.z.plain.',
  'odd.',
  'n.',
  'none.',
  'a.none.',
  '_acme-challenge.web1.',
  'x.web1.',
];

/** The same questions in every run, so that what fails can be asked again. */
function* randomNumbers(seed: number): Generator<number> {
  for (let state = seed; ;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

function questions(): { name: string; type: RecordType }[] {
  const random = randomNumbers(42);
  const next = (below: number): number => Math.floor((random.next().value as number) * below);
  return Array.from({ length: QUERIES }, () => {
    const label = next(3) === 0 ? `web${next(230)}.` : (FIXED[next(FIXED.length)] ?? '');
    const plain = `${label}${ZONE}`;
    const name = next(4) === 0 ? Array.from(plain, (c) => (next(2) === 0 ? c.toUpperCase() : c)).join('') : plain;
    return { name, type: (TYPES[next(TYPES.length)] ?? 'A') as RecordType };
  });
}

/** One socket, one question at a time. */
class Client {
  private readonly socket: Socket = createSocket('udp4');
  constructor(private readonly port: number) {}

  ask(packet: Buffer, timeout = 5_000): Promise<Reply> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no answer at port ${this.port}`)), timeout);
      this.socket.removeAllListeners('message');
      this.socket.once('message', (wire) => {
        clearTimeout(timer);
        resolve(decodeReply(wire));
      });
      this.socket.send(packet, this.port, '127.0.0.1');
    });
  }

  /** Asks until the server answers with authority: it takes a moment to load. */
  async ready(): Promise<void> {
    const until = Date.now() + 20_000;
    for (;;) {
      const reply = await this.ask(query({ name: ZONE, type: 'SOA' }), 250).catch((error: Error) => error);
      if (!(reply instanceof Error) && reply.flag_aa) return;
      if (Date.now() > until) throw new Error('the server does not begin to serve');
    }
  }

  close(): void {
    this.socket.close();
  }
}

/** What of an answer must be the same: rcode, AA, the answer; the authority section of negative answers and referrals. */
function essence(reply: Reply): object {
  const sorted = (records: Reply['answers']): string[] =>
    lines(records)
      .map((line) => line.toLowerCase())
      .sort();
  const answers = sorted(reply.answers);
  const authority = sorted(reply.authorities);
  const isChain = answers.length > 0 && answers.every((line) => line.includes(' cname '));
  return {
    rcode: reply.rcode,
    aa: reply.flag_aa,
    answers,
    authority: answers.length === 0 || isChain ? authority : [],
  };
}

let port: number;
let stop: () => Promise<void>;
beforeAll(async () => {
  const started = await startServer({ zones: ZoneSet.of([zone]) });
  port = started.port;
  stop = () => started.server.close();
});
afterAll(() => stop());

it.each<Make>(['bind', 'nsd', 'knot'])(
  '%s loads what we write without a warning, and answers as we do',
  async (make) => {
    const other = await OtherServer.start(make, ZONE, writeZoneFile(zone));
    const theirs = new Client(other.port);
    const ours = new Client(port);
    try {
      await theirs.ready();
      const ofZone = other.log
        .split('\n')
        .filter((line) => /warn|error|fail/i.test(line) && /ct\.example|zone:|\/zone/i.test(line));
      expect(ofZone).toEqual([]);
      const differences: object[] = [];
      for (const question of questions()) {
        const packet = query(question);
        const [a, b] = await Promise.all([ours.ask(packet), theirs.ask(packet)]);
        const [we, they] = [essence(a), essence(b)];
        if (JSON.stringify(we) !== JSON.stringify(they)) differences.push({ question, we, they });
      }
      expect(differences.slice(0, 5)).toEqual([]);
    } finally {
      theirs.close();
      ours.close();
      await other.stop();
    }
  },
  120_000,
);
