import { counter, gauge, histogram } from '@lxdm/runtime';

export const queriesTotal = counter('lxdm_dns_queries_total', 'Messages received, by what was answered.', [
  'protocol',
  'rcode',
  'type',
]);
export const answerSeconds = histogram(
  'lxdm_dns_answer_seconds',
  'From the message in hand to the answer handed to the system; one message in 64 is timed.',
  [],
  [0.000005, 0.00001, 0.000025, 0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.005, 0.025],
);
export const truncatedTotal = counter(
  'lxdm_dns_truncated_total',
  'Answers that told the client to come back over TCP.',
);
export const rateLimitedTotal = counter(
  'lxdm_dns_rate_limited_total',
  'Answers over UDP that the rate limit dropped, or sent as an order to prove the address (TCP or cookie).',
  ['how'],
);
export const mirrorQuestions = counter(
  'lxdm_dns_mirror_questions_total',
  'Names that are not here and that the mirror was asked for, by how that ended: found, absent, late, busy or resting.',
  ['outcome'],
);
export const tcpConnections = gauge('lxdm_dns_tcp_connections', 'TCP connections that are open.');

export const zoneSerial = gauge('lxdm_dns_zone_serial', 'SOA serial of the zone that is served.');
export const zoneRrsets = gauge('lxdm_dns_zone_rrsets', 'RRsets of the zone that is served.');
export const zoneSkipped = gauge(
  'lxdm_dns_zone_skipped_names',
  'Names that cannot be served; the log says which and why.',
);
export const zoneConfirmed = gauge(
  'lxdm_dns_zone_confirmed_timestamp_seconds',
  'When the database last confirmed what is served; time() minus this is the age.',
);
export const zoneFromSnapshot = gauge(
  'lxdm_dns_zone_from_snapshot',
  '1 while what is served comes from the snapshot on disk and the database has not confirmed it.',
);
export const zoneLoads = counter('lxdm_dns_zone_loads_total', 'Loads, by what became of them.', ['how']);
export const zoneLoadFailures = counter('lxdm_dns_zone_load_failures_total', 'Loads that failed.');
export const zoneLoadSeconds = histogram(
  'lxdm_dns_zone_load_seconds',
  'From asking the database to the new zone.',
  [],
  [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
);
export const feedConnected = gauge('lxdm_dns_feed_connected', '1 while commits are heard.');
