import { Answer } from './answer';
import { isWithinKey, Name } from './name';
import { rdataText } from './records/rdata-text';
import { rcodeName } from './rcode';
import { RrType, typeName } from './rr-type';
import { Zone } from './zone';
import { ZoneNode } from './zone-node';

/** One step of a lookup, in words. */
export interface TraceStep {
  readonly text: string;
  readonly detail: string;
}

/** A record of an answer, owned by the name that was asked for and not by the wildcard that it came from. */
export interface TracedRecord {
  readonly owner: string;
  /** The name at which it stands: that of the wildcard, where one answered. */
  readonly from: string;
  readonly type: number;
  readonly ttl: number;
  readonly rdata: Buffer;
}

/** Why a name is answered as it is. */
export interface LookupTrace {
  readonly steps: readonly TraceStep[];
  readonly rcode: string;
  readonly answers: readonly TracedRecord[];
  /** The names that the chain of CNAMEs went through, the first one asked for. */
  readonly names: readonly string[];
}

/** Follows a question through a zone; what is found is what the zone's own lookup says. */
export function traceLookup(zone: Zone, name: Name, type: number): LookupTrace {
  const found = zone.lookup(name.key, type);
  const steps: TraceStep[] = [{ text: `${name.toString()} lies in the zone ${zone.origin.toString()}`, detail: '' }];
  const names: Name[] = [name];
  for (let at = name; ;) {
    steps.push(...stepsAt(zone, at, type));
    const cname = found.answers[names.length - 1];
    if (cname?.type !== RrType.CNAME || cname.target === undefined || type === RrType.CNAME || type === RrType.ANY)
      break;
    const target = nameOf(cname.target);
    if (!isWithinKey(target.key, zone.origin.key)) {
      steps.push({ text: `${target.toString()} is not in this zone`, detail: 'The resolver goes on from there.' });
      break;
    }
    if (names.some((seen) => seen.equals(target)) || names.length >= found.answers.length + 1) {
      steps.push({
        text: `the chain leads back to ${target.toString()}, or is too long`,
        detail: 'It is not followed further.',
      });
      break;
    }
    names.push(target);
    if (names.length > found.answers.length && found.answers.length >= 8) break;
    at = target;
  }
  steps.push(ending(found));
  return { steps, rcode: rcodeName(found.rcode), answers: recordsOf(found, names), names: names.map(String) };
}

function stepsAt({ nodes }: Zone, name: Name, type: number): TraceStep[] {
  const node = nodes.get(name.key);
  if (node) return [nodeStep(node, type)];
  let above = name.parent();
  while (!nodes.has(above.key) && above.wire.length > 1) above = above.parent();
  const encloser = nodes.get(above.key);
  const first = {
    text: `${name.toString()} does not exist`,
    detail: `The nearest name above that does is ${above.toString()}.`,
  };
  if (encloser?.cut) return [first, nodeStep(encloser, type)];
  const wildcard = nodes.get(`\x01*${above.key}`);
  if (!wildcard) return [first, { text: `there is no wildcard *.${above.toString()}`, detail: '' }];
  return [
    first,
    { text: `the wildcard ${wildcard.owner.toString()} answers in its place`, detail: 'RFC 4592' },
    nodeStep(wildcard, type),
  ];
}

function nodeStep(node: ZoneNode, type: number): TraceStep {
  const owner = node.owner.toString();
  if (node.cut) return { text: `${node.cut.owner.toString()} is delegated`, detail: textOf(node.cut, RrType.NS) };
  const types = [...node.rrsets.values()].map((rrset) => typeName(rrset.type));
  if (types.length === 0)
    return {
      text: `${owner} has no records of its own`,
      detail: 'It exists because names below it do (RFC 4592 §2.2.2).',
    };
  if (node.rrsets.has(type)) return { text: `${owner} has ${typeName(type)}`, detail: textOf(node, type) };
  if (node.rrsets.has(RrType.CNAME)) return { text: `${owner} is an alias`, detail: textOf(node, RrType.CNAME) };
  return { text: `${owner} exists without ${typeName(type)}`, detail: `It has ${types.join(', ')}.` };
}

function textOf(node: ZoneNode, type: number): string {
  return (node.rrsets.get(type)?.rdatas ?? []).map((rdata) => rdataText(type, rdata)).join('; ');
}

function ending({ rcode, authoritative, answers }: Answer): TraceStep {
  const code = rcodeName(rcode);
  if (!authoritative) return { text: 'the answer is a referral to those name servers', detail: code };
  const count = answers.reduce((sum, rrset) => sum + rrset.count, 0);
  if (count === 0)
    return {
      text: rcode === 0 ? 'the answer has no records (NODATA)' : 'the answer is that the name does not exist',
      detail: code,
    };
  return { text: `the answer has ${count} ${count === 1 ? 'record' : 'records'}`, detail: code };
}

function recordsOf({ answers }: Answer, names: readonly Name[]): TracedRecord[] {
  return answers.flatMap(({ owner, type, ttl, rdatas }, index) =>
    rdatas.map((rdata) => ({ owner: (names[index] ?? owner).toString(), from: owner.toString(), type, ttl, rdata })),
  );
}

function nameOf(key: string): Name {
  const labels: Buffer[] = [];
  for (let at = 0; key.charCodeAt(at) > 0; at += 1 + key.charCodeAt(at))
    labels.push(Buffer.from(key.slice(at + 1, at + 1 + key.charCodeAt(at)), 'latin1'));
  return Name.fromLabels(labels);
}
