export const HOST_STATES = [
  'Contacting',
  'AwaitingConfirmation',
  'Connecting',
  'Online',
  'Unreachable',
  'Failed',
  'Removing',
] as const;

/** The word that every viewer sees of a host. */
export type HostState = (typeof HOST_STATES)[number];

/** The stored facts about a host from which its state follows. */
export interface HostFacts {
  deleted: boolean;
  /** The certificate fingerprint that the admin confirmed, or null before that. */
  pin: string | null;
  /** The fingerprint of the certificate that the host showed last. */
  seenFingerprint: string | null;
  trusted: boolean;
  generation: number;
  observedGeneration: number;
  /** The last successful answer. */
  lastSeenAt: Date | null;
  error: string | null;
}

/** How long an answer counts as fresh: two scans and a bit, in milliseconds. */
export const HOST_FRESH_MS = 75_000;

const UNCONFIRMED =
  'The certificate that it showed last is not the confirmed one. If it was changed on purpose, compare the new fingerprint with the one that the host shows, and confirm it.';

/** The state to show, derived and never stored. */
export function hostStateOf(host: HostFacts, now: Date): { state: HostState; reason: string | null } {
  if (host.deleted) return { state: 'Removing', reason: null };
  if (host.pin === null && host.seenFingerprint !== null)
    return {
      state: 'AwaitingConfirmation',
      reason: 'Compare the fingerprint with the one that the host shows, then confirm it.',
    };
  if (host.generation !== host.observedGeneration)
    return { state: host.seenFingerprint === null ? 'Contacting' : 'Connecting', reason: host.error };
  if (host.trusted && host.error !== null && host.seenFingerprint !== null && host.pin !== host.seenFingerprint)
    return {
      state: 'AwaitingConfirmation',
      // What is wrong now may be something else by now; what has to be done once it answers again stays.
      reason: `${sentence(host.error)} ${UNCONFIRMED}`,
    };
  if (!host.trusted) return { state: 'Failed', reason: host.error };
  if (host.error !== null) return { state: 'Unreachable', reason: host.error };
  if (host.lastSeenAt === null || now.getTime() - host.lastSeenAt.getTime() > HOST_FRESH_MS)
    return { state: 'Unreachable', reason: 'The host has not been asked lately; is the worker running?' };
  return { state: 'Online', reason: null };
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
