/** Why a text or a list of labels is no domain name. */
export type NameErrorCode =
  'empty-name' | 'empty-label' | 'label-too-long' | 'name-too-long' | 'bad-escape' | 'bad-character';

/** A name that cannot exist on the wire. */
export class NameError extends Error {
  override readonly name = 'NameError';

  constructor(
    readonly code: NameErrorCode,
    message: string,
  ) {
    super(message);
  }
}
