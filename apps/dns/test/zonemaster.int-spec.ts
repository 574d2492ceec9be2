import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ZONE } from './fleet';
import { ParentServer } from './parent-server';
import { SignedBench } from './signed-bench';

/** Judges ask port 53: addresses of this process's own keep two runs on one machine apart. */
const own = [(process.pid >> 8) & 0xff, process.pid & 0xff].join('.');
const SERVER = `127.53.${own}`;
const ROOT = `127.54.${own}`;
const NAMESERVER = `ns.${ZONE}`;

/** What Zonemaster says of the place where it runs, or of what operators decide, and why it is not a fault of the server. */
const EXPLAINED: Readonly<Record<string, string>> = {
  NAMESERVER_IP_PRIVATE_NETWORK: 'the suite has loopback addresses alone',
  EMPTY_ASN_SET: 'nobody announces loopback addresses',
  ERROR_ASN_DATABASE: 'there is no database of autonomous systems without the internet',
  CN04_EMPTY_PREFIX_SET: 'nobody announces loopback addresses',
  CN04_ERROR_PREFIX_DATABASE: 'there is no database of prefixes without the internet',
  NOT_ENOUGH_NS_CHILD: 'the zone has one NS record, DNS_NAMESERVER',
  NOT_ENOUGH_NS_DEL: 'the zone has one NS record, DNS_NAMESERVER',
  NOT_ENOUGH_IPV4_NS_CHILD: 'the zone has one NS record, DNS_NAMESERVER',
  NOT_ENOUGH_IPV4_NS_DEL: 'the zone has one NS record, DNS_NAMESERVER',
};
const GRAVE = new Set(['WARNING', 'ERROR', 'CRITICAL']);

/** One thing that Zonemaster says. */
interface Remark {
  level: string;
  tag: string;
  testcase: string;
  args?: Record<string, unknown>;
}

async function zonemaster(bench: SignedBench): Promise<Remark[]> {
  const hints = bench.file('hints', `. 3600 NS root.test.\nroot.test. 3600 A ${ROOT}\n`);
  const words = ['--json_stream', '--raw', '--level=INFO', '--show_testcase', '--no-ipv6', `--hints=${hints}`];
  const { stdout } = await promisify(execFile)('zonemaster-cli', [...words, ZONE.slice(0, -1)], {
    maxBuffer: 1 << 26,
  });
  return stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Remark);
}

const grave = (remarks: readonly Remark[]) =>
  remarks
    .filter(({ level, tag }) => GRAVE.has(level) && !(tag in EXPLAINED))
    .map(({ level, tag, testcase, args }) => `${level} ${testcase} ${tag} ${JSON.stringify(args)}`);

/** What Zonemaster says of a zone whose parent has these DS records. */
async function judged(signed: boolean, ds: (bench: SignedBench) => Promise<string[]>): Promise<Remark[]> {
  const settings = { bind: SERVER, port: 53, nameserver: NAMESERVER, nameserverAddresses: [SERVER] };
  const bench = await SignedBench.create({ signed, settings });
  try {
    const reverse = SERVER.split('.').reverse().join('.');
    const records = [
      `${ZONE} 3600 NS ${NAMESERVER}`,
      `${NAMESERVER} 3600 A ${SERVER}`,
      `${reverse}.in-addr.arpa. 3600 PTR ${NAMESERVER}`,
      ...(await ds(bench)).map((line) => `${ZONE} 3600 DS ${line}`),
    ];
    const parent = await ParentServer.start(ROOT, `${records.join('\n')}\n`);
    try {
      return await zonemaster(bench);
    } finally {
      await parent.close();
    }
  } finally {
    await bench.close();
  }
}

const cases = (remarks: readonly Remark[]) => new Set(remarks.map(({ testcase }) => testcase)).size;

it('Zonemaster finds nothing against a zone', async () => {
  const remarks = await judged(false, () => Promise.resolve([]));
  expect(grave(remarks)).toEqual([]);
  expect(cases(remarks)).toBeGreaterThan(30);
}, 120_000);

it('Zonemaster finds nothing against a signed zone', async () => {
  const remarks = await judged(true, async (bench) => [await bench.ds()]);
  expect(grave(remarks)).toEqual([]);
  expect(cases(remarks)).toBeGreaterThan(40);
}, 120_000);

it('Zonemaster finds a DS record that belongs to no key', async () => {
  const remarks = await judged(true, () => Promise.resolve([`4711 13 2 ${'ab'.repeat(32)}`]));
  expect(grave(remarks).join('\n')).toContain('DS02_');
}, 120_000);
