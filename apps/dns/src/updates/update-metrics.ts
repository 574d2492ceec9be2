import { counter, gauge, histogram } from '@lxdm/runtime';

export const updatesTotal = counter('lxdm_dns_updates_total', 'Dynamic updates (RFC 2136), by what was answered.', [
  'rcode',
]);
export const updatesRepeated = counter(
  'lxdm_dns_updates_repeated_total',
  'Updates that came again and got the first answer without being carried out twice.',
);
export const updatesWaiting = gauge(
  'lxdm_dns_updates_waiting',
  'Dynamic updates that wait for their turn or are at work.',
);
export const updateSeconds = histogram(
  'lxdm_dns_update_seconds',
  'From the update to its answer, which waits until the change is served.',
  [],
  [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
);
export const updatesUnseen = counter(
  'lxdm_dns_updates_unseen_total',
  'Updates that were answered before the change was served here.',
);
