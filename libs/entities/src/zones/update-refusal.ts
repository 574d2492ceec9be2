/** An update that is not carried out though it was decided on: to its client, a refusal (REFUSED, RFC 2136 §2.2). */
export class UpdateRefusal extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UpdateRefusal';
  }
}
