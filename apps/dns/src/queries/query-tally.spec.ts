import type { QueryEvent } from '@lxdm/nameserver';
import { metrics } from '@lxdm/runtime';
import { QueryTally } from './query-tally';

const event = (part: Partial<QueryEvent>): QueryEvent => ({
  packet: Buffer.alloc(12),
  sender: '192.0.2.1',
  protocol: 'udp',
  verdict: 'send',
  rcode: 0,
  type: 1,
  truncated: false,
  milliseconds: 0.01,
  ...part,
});

async function lines(): Promise<string[]> {
  const text = await metrics.getSingleMetricAsString('lxdm_dns_queries_total');
  return text.split('\n').filter((line) => line.startsWith('lxdm_dns_queries_total{'));
}

it.each<[string, Partial<QueryEvent>, string]>([
  ['an address', {}, 'protocol="udp",rcode="NOERROR",type="A"'],
  ['over TCP', { protocol: 'tcp' }, 'protocol="tcp",rcode="NOERROR",type="A"'],
  ['a name that is not there', { rcode: 3, type: 28 }, 'protocol="udp",rcode="NXDOMAIN",type="AAAA"'],
  ['a type of a stranger', { type: 64999 }, 'protocol="udp",rcode="NOERROR",type="other"'],
  ['the highest type', { type: 65535 }, 'protocol="udp",rcode="NOERROR",type="other"'],
  ['an unknown EDNS version', { rcode: 16 }, 'protocol="udp",rcode="BADVERS",type="A"'],
  ['what could not be read', { rcode: 1, type: undefined }, 'protocol="udp",rcode="FORMERR",type="none"'],
  ['what was dropped', { rcode: undefined, type: undefined }, 'protocol="udp",rcode="dropped",type="none"'],
])('counts %s', async (_what, part, labels) => {
  metrics.resetMetrics();
  const tally = new QueryTally();
  tally.count(event(part));
  tally.count(event(part));
  tally.flush();
  tally.flush();
  expect(await lines()).toEqual([`lxdm_dns_queries_total{${labels}} 2`]);
});

it('counts what the rate limit held back', async () => {
  metrics.resetMetrics();
  const tally = new QueryTally();
  for (const verdict of ['drop', 'slip', 'drop', 'send'] as const) tally.count(event({ verdict }));
  tally.flush();
  tally.flush();
  const text = await metrics.getSingleMetricAsString('lxdm_dns_rate_limited_total');
  expect(text.split('\n').filter((line) => line.startsWith('lxdm'))).toEqual([
    'lxdm_dns_rate_limited_total{how="dropped"} 2',
    'lxdm_dns_rate_limited_total{how="slipped"} 1',
  ]);
});

it('makes no more labels than it knows types, whatever strangers ask for', async () => {
  metrics.resetMetrics();
  const tally = new QueryTally();
  for (let type = 0; type < 65_536; type += 1) tally.count(event({ type }));
  tally.flush();
  expect((await lines()).length).toBeLessThan(30);
});
