import * as fc from 'fast-check';
import { anyZone } from '../../test/any-zone';
import { Zone } from '../zone';
import { buildServableZone, buildZone } from '../zone-builder';
import { readServableZoneFile, readZoneFile } from './zone-file-reader';
import { ZoneFileError } from './zone-file-problem';
import { writeZoneFile } from './zone-file-writer';

const runs = Number(process.env['LXDM_FUZZ_TEXTS'] ?? 300);
jest.setTimeout(20_000 + runs * 20);

/** Every record by its octets; letters of owners may differ in case. */
function contents(zone: Zone): string[] {
  return [...zone.nodes.entries()]
    .flatMap(([key, node]) =>
      [...node.rrsets.values()].flatMap(({ type, ttl, rdatas }) =>
        rdatas.map((rdata) => `${key} ${type} ${ttl} ${rdata.toString('hex')}`),
      ),
    )
    .sort();
}

it('reads what it wrote: the same zone, and then the same text', () => {
  fc.assert(
    fc.property(anyZone, (data) => {
      const { zone } = buildServableZone(data);
      if (!zone) throw new Error('the zone cannot be built');
      const text = writeZoneFile(zone);
      const again = buildZone(readZoneFile(text, { origin: 'ct.example.org' }));
      expect(contents(again)).toEqual(contents(zone));
      expect(writeZoneFile(again)).toBe(text);
    }),
    { numRuns: runs },
  );
});

describe('any text', () => {
  /** Read in bounded time, and refused as a ZoneFileError or served. */
  function check(text: string): void {
    const { file, problems } = readServableZoneFile(text, { origin: 'ct.example.org' });
    const lines = text.split('\n');
    for (const { line, column } of problems) {
      expect(line >= 1 && line <= lines.length).toBe(true);
      expect(column >= 1 && column <= (lines[line - 1]?.length ?? 0) + 1).toBe(true);
    }
    // What is left can be served: nothing that can be saved can break the zone.
    const soa = { mname: 'ns', rname: 'h', serial: 1, refresh: 1, retry: 1, expire: 1, minimum: 1, ttl: 1 };
    const left = buildServableZone({ ...file, soa: file.soa ?? soa, ns: ['ns.example.'] });
    if (problems.length === 0) expect(left.problems).toEqual([]);
    try {
      readZoneFile(text, { origin: 'ct.example.org' });
      expect(problems).toEqual([]);
    } catch (error) {
      if (!(error instanceof ZoneFileError)) throw error;
    }
  }

  it('of octets', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (octets) => {
        check(Buffer.from(octets).toString('latin1'));
        check(Buffer.from(octets).toString('utf8'));
      }),
      { numRuns: runs },
    );
  });

  it('of the characters that mean something', () => {
    const unit = fc.constantFrom(...'ab.\\"();@$#=,0129 \t\n\r'.split(''), 'é', '\0');
    fc.assert(fc.property(fc.string({ unit, maxLength: 200 }), check), { numRuns: runs });
  });

  it('of the words that mean something', () => {
    const words =
      'a b @ * $ORIGIN $TTL $INCLUDE ct.example.org. sub IN CH 60 1h 99999999999 A AAAA CNAME MX NS TXT SRV CAA PTR SSHFP TLSA NAPTR HTTPS SVCB DS SOA DNAME TYPE1 TYPE731 \\# 0 1 4 192.0.2.1 ::1 c0000201 "x" "" "u" "!a!b!" alpn=h2 port="1" key9 mandatory=alpn . .. ( ) ; "'.split(
        ' ',
      );
    const text = fc
      .array(fc.tuple(fc.constantFrom(...words), fc.constantFrom(' ', ' ', ' ', '\n', '\n ', '')), { maxLength: 60 })
      .map((parts) => parts.flat().join(''));
    fc.assert(fc.property(text, check), { numRuns: runs * 3 });
  });

  it('that was sound, with a few characters changed', () => {
    const spoilt = fc
      .tuple(
        anyZone,
        fc.array(fc.tuple(fc.nat(3_000), fc.constantFrom('', '\n', '"', '(', ')', ';', '\\', ' ', 'x', '\0')), {
          maxLength: 3,
        }),
      )
      .map(([data, changes]) => {
        const { zone } = buildServableZone(data);
        let text = zone ? writeZoneFile(zone) : '';
        for (const [at, character] of changes) {
          const place = at % (text.length + 1);
          text = text.slice(0, place) + character + text.slice(place + 1);
        }
        return text;
      });
    fc.assert(fc.property(spoilt, check), { numRuns: runs });
  });
});
