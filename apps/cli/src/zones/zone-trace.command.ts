import { signedSteps } from '@lxdm/domain';
import {
  buildServableZone,
  canonicalName,
  Name,
  NameError,
  RrType,
  rdataText,
  traceLookup,
  typeName,
  Zone,
} from '@lxdm/nameserver';
import { Command, ExitCode, Invocation, Refusal, UsageError } from '../command';
import { printable } from '../output';
import { loadZones, zoneSettings } from './zone-contents';

/** Why a name is answered as it is. */
export const zoneTrace: Command = {
  name: 'zone trace',
  about: 'why a name is answered as it is',
  help: [
    'zone trace NAME [TYPE]; a name without a final dot is in full, or relative to DNS_ZONE. TYPE is A by default.',
  ],
  options: {},
  words: 2,
  run: async ({ environment, words: [text, type = 'A'], output }: Invocation): Promise<number> => {
    if (text === undefined) throw new UsageError('Name a name.');
    const code = codeOf(type);
    const apex = zoneSettings(environment);
    const loaded = await loadZones(apex);
    const zones = loaded.flatMap(({ document }) => buildServableZone(document).zone ?? []);
    const { zone, name } = found(zones, text, apex.zone);
    const { steps: unsigned, rcode, answers } = traceLookup(zone, name, code);
    const signed = loaded.some(({ document, dnssec }) => dnssec && document.origin === canonicalName(zone.origin));
    const given = { isTop: name.equals(zone.origin), exists: rcode === 'NOERROR' };
    const steps = signed ? signedSteps(unsigned, code, given) : unsigned;
    for (const { text: words, detail } of steps)
      output.result(printable(detail === '' ? words : `${words}: ${detail}`));
    output.result('');
    output.result(`${rcode}, serial ${zone.serial}`);
    for (const record of answers)
      output.result(
        `${record.owner} ${record.ttl} IN ${typeName(record.type)} ${rdataText(record.type, record.rdata)}`,
      );
    return ExitCode.ok;
  },
};

function found(zones: readonly Zone[], text: string, forward: string): { zone: Zone; name: Name } {
  try {
    const candidates = [...(text === '@' ? [] : [Name.parse(text)]), Name.parse(text, Name.parse(forward))];
    for (const name of candidates) {
      const [zone] = zones
        .filter(({ origin }) => name.isWithin(origin))
        .sort((a, b) => b.origin.wire.length - a.origin.wire.length);
      if (zone) return { zone, name };
    }
  } catch (error) {
    if (!(error instanceof NameError)) throw error;
    throw new UsageError(`"${printable(text)}" is no name: ${error.message}.`, { cause: error });
  }
  throw new Refusal(`${printable(text)} is in none of our zones: the answer is REFUSED.`);
}

function codeOf(text: string): number {
  const type = text.toUpperCase();
  const code = /^TYPE\d{1,5}$/.test(type) ? Number(type.slice('TYPE'.length)) : codes.get(type);
  if (code === undefined || code > 0xffff) throw new UsageError(`"${printable(text)}" is no type.`);
  return code;
}

const codes = new Map<string, number>(Object.entries(RrType));
