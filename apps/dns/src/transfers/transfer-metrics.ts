import { counter, gauge } from '@lxdm/runtime';

export const transfersTotal = counter(
  'lxdm_dns_transfers_total',
  'Zone transfers, by what was given (whole, changes, current: nothing new) and how it ended (complete, aborted, truncated, refused).',
  ['kind', 'outcome'],
);
export const transferOctets = counter('lxdm_dns_transfer_octets_total', 'Octets of zone transfers that were sent.');
export const journalOctets = gauge('lxdm_dns_transfer_journal_octets', 'Memory that the journals of changes take.');
export const notifiesTotal = counter(
  'lxdm_dns_notifies_total',
  'Secondaries told of a version, by what they said (acknowledged, refused) or did not say (unanswered).',
  ['outcome'],
);
