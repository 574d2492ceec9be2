import { Answer, authoritativeAnswer } from './answer';
import { Name } from './name';
import { RrType } from './rr-type';
import { Rrset } from './rrset';

/** One name of a zone; without RRsets it is an empty non-terminal (RFC 4592 §2.2.2). */
export class ZoneNode {
  readonly rrsets = new Map<number, Rrset>();
  private readonly answers = new Map<number, Answer>();
  private any: Answer | undefined;
  /** The delegation that this name is at or below; its data is then glue, not an answer. */
  cut: ZoneNode | undefined;
  /** Set on the node that delegates. */
  referral: Answer | undefined;

  constructor(readonly owner: Name) {}

  /** Stores an RRset with its prebuilt answer. */
  add(rrset: Rrset): void {
    const answer = authoritativeAnswer([rrset]);
    this.rrsets.set(rrset.type, rrset);
    this.answers.set(rrset.type, answer);
    const smallest = this.any?.answers[0];
    if (!smallest || rrset.body.length < smallest.body.length) this.any = answer;
  }

  /** The prebuilt answer of a type; ANY gets one RRset, the smallest (RFC 8482 §4.1). */
  answer(type: number): Answer | undefined {
    return type === RrType.ANY ? this.any : this.answers.get(type);
  }
}
