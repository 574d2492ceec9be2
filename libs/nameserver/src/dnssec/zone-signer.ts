import { setImmediate } from 'node:timers/promises';
import { RrType } from '../rr-type';
import { Rrset } from '../rrset';
import { Zone } from '../zone';
import { ZoneNode } from '../zone-node';
import { dsRdata } from './dnskey';
import { nsecRdata } from './nsec';
import { isCut, NsecChain } from './nsec-chain';
import { rrsigRdata, SignatureWindow } from './rrsig';
import { SignedZone, Signing } from './signed-zone';
import { SigningKey } from './signing-key';

/** What a zone is signed with. */
export interface SigningParts {
  /** At least one of them active. */
  readonly keys: readonly SigningKey[];
  readonly window: SignatureWindow;
  /** TTL of the DNSKEY, CDS and CDNSKEY records: as long as a rollover must wait. */
  readonly keyTtl: number;
  /** Signatures being made at a time, each by a thread of libuv's; few leave the processor to the questions. */
  readonly concurrency?: number;
}

/** An RRset whose signatures are to be made. */
interface SigningTask {
  readonly node: ZoneNode;
  readonly rrset: Rrset;
  readonly keys: readonly SigningKey[];
}

/** After so many names the questions that wait are answered. */
const NAMES_A_TURN = 500;
const CONCURRENCY = 2;

/**
 * Signs a zone with one NSEC record a name (RFC 4035 §2). Signatures of the version before are kept where keys, window and records are
 * the same, so that a change costs what it touches: its own RRsets, the SOA, and the NSEC records beside a name that came or went.
 */
export async function signZone(
  zone: Zone,
  parts: SigningParts,
  previous?: SignedZone,
): Promise<{ zone: SignedZone; made: number }> {
  const run = new SigningRun(zone, parts, previous);
  return { zone: await run.zone(), made: run.made };
}

/** One version on its way to being signed. */
class SigningRun {
  private readonly tasks: SigningTask[] = [];
  private readonly nodes: Map<string, ZoneNode>;
  private readonly signing: Signing;
  private readonly signers: readonly SigningKey[];
  private readonly nsecTtl: number;
  /** The version before, where its signatures are such as would be made now. */
  private readonly same: SignedZone | undefined;
  private readonly chain: NsecChain;
  /** Signatures that were made and not kept. */
  made = 0;

  constructor(
    private readonly unsigned: Zone,
    private readonly parts: SigningParts,
    previous: SignedZone | undefined,
  ) {
    this.signers = parts.keys.filter(({ role }) => role === 'active');
    if (this.signers.length === 0) throw new RangeError('no key of the zone is active');
    this.signing = { window: parts.window, signers: listed(this.signers), keys: listed(parts.keys) };
    this.same = previous && isSame(previous.signing, this.signing) ? previous : undefined;
    // RFC 9077 §3: as long as a denial may be cached.
    this.nsecTtl = unsigned.negativeSoa.ttl;
    this.nodes = new Map(unsigned.nodes);
    const has = (key: string) => previous?.nodes.get(key)?.rrsets.has(RrType.NSEC) === true;
    this.chain = NsecChain.of(unsigned.nodes, unsigned.origin.key, previous && { chain: previous.chain, has });
  }

  async zone(): Promise<SignedZone> {
    const { links } = this.chain;
    for (let index = 0; index < links.length; index++) {
      if (index % NAMES_A_TURN === NAMES_A_TURN - 1) await setImmediate();
      const { key } = links[index] as { key: string };
      this.nodes.set(key, this.kept(key, index) ?? this.renewed(key, index));
    }
    await this.sign();
    return new SignedZone(this.unsigned, this.nodes, this.chain, this.signing);
  }

  /** The name as it was, where neither it nor its next name has changed. */
  private kept(key: string, index: number): ZoneNode | undefined {
    const { same, unsigned } = this;
    if (!same || key === unsigned.origin.key || same.unsigned.nodes.get(key) !== unsigned.nodes.get(key))
      return undefined;
    const node = same.nodes.get(key);
    const nsec = node?.rrsets.get(RrType.NSEC);
    if (!nsec || nsec.ttl !== this.nsecTtl) return undefined;
    if (same.chain === this.chain) return node;
    const next = this.nextOf(index).wire;
    return nsec.rdatas[0]?.subarray(0, next.length).equals(next) ? node : undefined;
  }

  private renewed(key: string, index: number): ZoneNode {
    const bare = this.unsigned.nodes.get(key) as ZoneNode;
    const node = new ZoneNode(bare.owner);
    node.cut = bare.cut;
    node.referral = bare.referral;
    for (const rrset of bare.rrsets.values()) this.put(node, rrset);
    if (key === this.unsigned.origin.key) for (const rrset of this.keyRrsets()) this.put(node, rrset);
    const rdata = nsecRdata(this.nextOf(index), [...typesAt(node), RrType.RRSIG, RrType.NSEC]);
    this.put(node, new Rrset(bare.owner, RrType.NSEC, this.nsecTtl, [rdata]));
    return node;
  }

  private nextOf(index: number) {
    return (this.unsigned.nodes.get(this.chain.after(index).key) as ZoneNode).owner;
  }

  /** Adds an RRset with the signatures that it had, or notes it to be signed. A delegation's NS are not ours to sign (RFC 4035 §2.2). */
  private put(node: ZoneNode, rrset: Rrset): void {
    node.add(rrset);
    if (isCut(node) && rrset.type !== RrType.DS && rrset.type !== RrType.NSEC) return;
    const isOfKeys = KEY_TYPES.has(rrset.type);
    const source = isOfKeys && this.same?.signing.keys !== this.signing.keys ? undefined : this.same;
    const before = source?.nodes.get(node.owner.key);
    const signatures = before?.signatures(rrset.type);
    if (signatures && isEqual(before?.rrsets.get(rrset.type), rrset)) node.addSignature(rrset.type, signatures);
    else this.tasks.push({ node, rrset, keys: isOfKeys ? this.parts.keys : this.signers });
  }

  /** The keys, and what the parent zone is asked to point at (RFC 7344); both while one follows the other, so that either may be cached. */
  private keyRrsets(): Rrset[] {
    const { origin } = this.unsigned;
    const { keys, keyTtl } = this.parts;
    const wanted = keys.filter(({ role }) => role !== 'retired').map(({ dnskey }) => dnskey);
    const rrset = (type: number, rdatas: readonly Buffer[]) => new Rrset(origin, type, keyTtl, rdatas);
    return [
      rrset(
        RrType.DNSKEY,
        keys.map(({ dnskey }) => dnskey),
      ),
      rrset(
        RrType.CDS,
        wanted.map((dnskey) => dsRdata(origin, dnskey)),
      ),
      rrset(RrType.CDNSKEY, wanted),
    ];
  }

  private async sign(): Promise<void> {
    const { tasks, unsigned, parts } = this;
    const made: Rrset[] = [];
    let next = 0;
    const work = async () => {
      for (let index = next++; index < tasks.length; index = next++) {
        const { rrset, keys } = tasks[index] as SigningTask;
        const rdatas: Buffer[] = [];
        for (const key of keys) rdatas.push(await rrsigRdata(rrset, key, unsigned.origin, parts.window));
        this.made += rdatas.length;
        made[index] = new Rrset(rrset.owner, RrType.RRSIG, rrset.ttl, rdatas);
      }
    };
    await Promise.all(Array.from({ length: parts.concurrency ?? CONCURRENCY }, work));
    // In their order, and not in that in which threads were done: answers are the same every time.
    for (const [index, { node, rrset }] of tasks.entries()) node.addSignature(rrset.type, made[index] as Rrset);
  }
}

/** The types that a name's NSEC record tells: of a delegation only those that the parent may tell of (RFC 4035 §2.3). */
function typesAt(node: ZoneNode): number[] {
  const types = [...node.rrsets.values()].map(({ type }) => type).filter((type) => type !== RrType.RRSIG);
  return isCut(node) ? types.filter((type) => type === RrType.NS || type === RrType.DS) : types;
}

const KEY_TYPES: ReadonlySet<number> = new Set([RrType.DNSKEY, RrType.CDS, RrType.CDNSKEY]);

function listed(keys: readonly SigningKey[]): string {
  return keys.map(({ dnskey }) => dnskey.toString('base64')).join(' ');
}

function isSame(a: Signing, b: Signing): boolean {
  return (
    a.signers === b.signers && a.window.inception === b.window.inception && a.window.expiration === b.window.expiration
  );
}

function isEqual(a: Rrset | undefined, b: Rrset): boolean {
  return a !== undefined && a.owner.equals(b.owner) && a.ttl === b.ttl && a.body.equals(b.body);
}
