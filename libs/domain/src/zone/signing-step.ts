/** RRSIG and NSEC (RFC 4034), at every name; DNSKEY, CDS and CDNSKEY (RFC 7344) at the top of a zone. */
const AT_EVERY_NAME: ReadonlySet<number> = new Set([46, 47]);
const AT_THE_TOP: ReadonlySet<number> = new Set([48, 59, 60]);

/** A step of a trace. */
export interface TraceStep {
  text: string;
  detail: string;
}

const MADE_BY_SIGNING: TraceStep = {
  text: 'records of this type are made by the name server when it signs the zone',
  detail: 'They are not shown here: ask the name server itself.',
};
const SIGNED: TraceStep = {
  text: 'the zone is signed',
  detail:
    'Whoever asks for it (DO, RFC 3225) gets signatures (RRSIG) with the answer, and NSEC records that prove what does not exist; they are not shown here.',
};

/**
 * The steps of a trace through a signed zone: the trace sees the zone without its signatures, and must not say that they are not there.
 * @param steps of the zone without signatures, the first of which finds the zone
 * @param exists whether the name that is asked for does
 */
export function signedSteps(
  steps: readonly TraceStep[],
  type: number,
  { isTop, exists }: { isTop: boolean; exists: boolean },
): TraceStep[] {
  const isAnswer = exists && (AT_EVERY_NAME.has(type) || (isTop && AT_THE_TOP.has(type)));
  return isAnswer ? [...steps.slice(0, 1), MADE_BY_SIGNING] : [...steps, SIGNED];
}
