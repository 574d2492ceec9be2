import { counter, gauge, histogram } from '@lxdm/runtime';

export const signaturesExpire = gauge(
  'lxdm_dns_signatures_expire_timestamp_seconds',
  'When the first signature of a zone ends; minus time() it should never be below 7 days.',
  ['zone'],
);
export const signaturesMade = counter('lxdm_dns_signatures_made_total', 'Signatures that were made and not kept.');
export const signingFailures = counter(
  'lxdm_dns_signing_failures_total',
  'Versions of a zone that could not be signed.',
);
export const signingSeconds = histogram(
  'lxdm_dns_signing_seconds',
  'From a new version of a zone to its signatures.',
  [],
  [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 2.5, 10],
);
