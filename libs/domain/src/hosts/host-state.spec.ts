import { HOST_FRESH_MS, HostFacts, hostStateOf } from './host-state';

const NOW = new Date('2026-01-02T03:04:05Z');
const ago = (ms: number) => new Date(NOW.getTime() - ms);
const facts = (over: Partial<HostFacts> = {}): HostFacts => ({
  deleted: false,
  pin: 'aa',
  seenFingerprint: 'aa',
  trusted: true,
  generation: 2,
  observedGeneration: 2,
  lastSeenAt: ago(1_000),
  error: null,
  ...over,
});
const fresh = { generation: 1, observedGeneration: 0, trusted: false, lastSeenAt: null };
const unpinned = { ...fresh, pin: null, seenFingerprint: null };

it.each([
  ['answers', {}, 'Online', null],
  ['answered just in time', { lastSeenAt: ago(HOST_FRESH_MS) }, 'Online', null],
  ['answered too long ago', { lastSeenAt: ago(HOST_FRESH_MS + 1) }, 'Unreachable', /is the worker running/],
  ['was never asked', { lastSeenAt: null }, 'Unreachable', /is the worker running/],
  [
    'shows another certificate',
    { error: 'The certificate of host1 has changed.', seenFingerprint: 'cd' },
    'AwaitingConfirmation',
    /^The certificate of host1 has changed\. The certificate that it showed last .* confirm it\.$/,
  ],
  [
    'showed another certificate and is down now',
    { error: 'connection refused', seenFingerprint: 'cd' },
    'AwaitingConfirmation',
    /^connection refused\. The certificate that it showed last .* confirm it\.$/,
  ],
  ['did not answer', { error: 'connection refused' }, 'Unreachable', /^connection refused$/],
  ['was just added', unpinned, 'Contacting', null],
  ['was just added and is silent', { ...unpinned, error: 'no route' }, 'Contacting', /^no route$/],
  ['could not be contacted at all', { ...unpinned, observedGeneration: 1, error: 'no route' }, 'Failed', /^no route$/],
  ['showed its certificate', { ...unpinned, seenFingerprint: 'aa' }, 'AwaitingConfirmation', /Compare the fingerprint/],
  [
    'waits for the admin',
    { ...unpinned, seenFingerprint: 'aa', observedGeneration: 1 },
    'AwaitingConfirmation',
    /Compare/,
  ],
  ['was added with its fingerprint', { ...fresh, seenFingerprint: null }, 'Contacting', null],
  ['was confirmed', { ...fresh, generation: 2, observedGeneration: 1 }, 'Connecting', null],
  ['is tried again', { ...fresh, error: 'timed out' }, 'Connecting', /^timed out$/],
  ['refused the password', { trusted: false, error: 'The host refused it.' }, 'Failed', /refused it/],
  ['is being removed', { deleted: true, generation: 3, error: 'connection refused' }, 'Removing', null],
] as const)('a host that %s', (_, over, state, reason) => {
  const shown = hostStateOf(facts(over), NOW);
  expect(shown.state).toBe(state);
  if (reason === null) expect(shown.reason).toBeNull();
  else expect(shown.reason).toMatch(reason);
});

it('a clock that runs ahead does not make a host unreachable', () => {
  expect(hostStateOf(facts({ lastSeenAt: ago(-60_000) }), NOW).state).toBe('Online');
});
