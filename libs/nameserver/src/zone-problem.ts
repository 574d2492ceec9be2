/** Why a record, or a whole zone, cannot be served. */
export type ZoneProblemCode =
  | 'bad-origin'
  | 'missing-soa'
  | 'bad-soa'
  | 'missing-ns'
  | 'bad-name'
  | 'bad-ttl'
  | 'bad-rdata'
  | 'empty-rrset'
  | 'rrset-too-large'
  | 'unsupported-type'
  | 'outside-zone'
  | 'several-cnames'
  | 'cname-beside-others'
  | 'wildcard-delegation'
  | 'below-delegation'
  | 'missing-glue';

/** One reason, with the owner and type of the RRset that it is about. */
export interface ZoneProblem {
  readonly code: ZoneProblemCode;
  readonly message: string;
  readonly owner?: string;
  readonly type?: string;
}

/** Thrown by buildZone: lists every problem that was found, not only the first. */
export class ZoneError extends Error {
  override readonly name = 'ZoneError';

  constructor(readonly problems: readonly ZoneProblem[]) {
    super(problems.map(({ owner, type, message }) => [owner, type, message].filter(Boolean).join(' ')).join('; '));
  }
}
