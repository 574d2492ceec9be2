/** RRSIG and NSEC (RFC 4034), at every name; DNSKEY, CDS and CDNSKEY (RFC 7344) at the top of a zone. */
const AT_EVERY_NAME: ReadonlySet<number> = new Set([46, 47]);
const AT_THE_TOP: ReadonlySet<number> = new Set([48, 59, 60]);

/** A step of a trace through a signed zone, whose signatures only the name server makes. */
export interface SigningStep {
  text: string;
  detail: string;
  /** True where the server answers with what it made by signing, and the trace knows nothing of it. */
  isAnswer: boolean;
}

/**
 * What a trace through a signed zone, which sees the zone without its signatures, has to say of them.
 * @param exists whether the name that is asked for does
 */
export function signingStep(type: number, { isTop, exists }: { isTop: boolean; exists: boolean }): SigningStep {
  const isAnswer = exists && (AT_EVERY_NAME.has(type) || (isTop && AT_THE_TOP.has(type)));
  return isAnswer
    ? {
        text: 'records of this type are made by the name server when it signs the zone',
        detail: 'They are not shown here: ask the name server itself.',
        isAnswer,
      }
    : {
        text: 'the zone is signed',
        detail:
          'Whoever asks for it (DO, RFC 3225) gets signatures (RRSIG) with the answer, and NSEC records that prove what does not exist; they are not shown here.',
        isAnswer,
      };
}
