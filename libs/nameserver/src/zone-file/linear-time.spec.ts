import { readServableZoneFile } from './zone-file-reader';

/** What a reader that looks back, or ahead, would need a power of the length for. */
const texts: [string, (size: number) => string][] = [
  ['open parentheses', (size) => 'a A (\n'.repeat(size / 6)],
  ['open parentheses in one line each', (size) => `a A ${'('.repeat(20_000)}\n`.repeat(size / 20_005)],
  ['open quotes', (size) => 'a TXT "\n'.repeat(size / 8)],
  ['backslashes', (size) => `a TXT ${'\\'.repeat(30_000)}\n`.repeat(size / 30_007)],
  ['backslashes in parentheses', (size) => `a TXT (\n${'\\\\\\\\\n'.repeat(size / 5)}`],
  ['dots', (size) => `${'.'.repeat(30_000)} A 192.0.2.1\n`.repeat(size / 30_013)],
  ['labels', (size) => `${'a.'.repeat(15_000)} A 192.0.2.1\n`.repeat(size / 30_013)],
  ['digits', (size) => `a ${'9'.repeat(30_000)} A 192.0.2.1\n`.repeat(size / 30_014)],
  [
    'hexadecimal',
    (size) => `a TYPE731 \\# 65535 (\n${'00 '.repeat(10_000)}\n${'00'.repeat(15_000)}\n)\n`.repeat(size / 60_000),
  ],
  ['lists', (size) => `a HTTPS 1 . alpn=${'a,'.repeat(15_000)}\n`.repeat(size / 30_000)],
  ['addresses in lists', (size) => `a HTTPS 1 . ipv6hint=${'::,'.repeat(10_000)}\n`.repeat(size / 30_000)],
  [
    'many parameters',
    (size) =>
      `a HTTPS 1 . ${Array.from({ length: 3_000 }, (_, key) => `key${key + 9}`).join(' ')}\n`.repeat(size / 24_000),
  ],
  ['nested groups', (size) => `a NAPTR 1 1 "" "" "!${'('.repeat(250)}!!" .\n`.repeat(size / 280)],
  ['brackets', (size) => `a NAPTR 1 1 "" "" "!${'[[:'.repeat(80)}!!" .\n`.repeat(size / 270)],
  ['records of one set', (size) => 'a A 192.0.2.1\n'.repeat(size / 14)],
  [
    'different records of one set',
    (size) => Array.from({ length: size / 14 }, (_, index) => `a MX ${index % 65_536} b\n`).join(''),
  ],
  ['names', (size) => Array.from({ length: size / 20 }, (_, index) => `n${index} A 192.0.2.1\n`).join('')],
  [
    'deep names',
    (size) => Array.from({ length: size / 270 }, (_, index) => `${'a.'.repeat(110)}n${index} A 192.0.2.1\n`).join(''),
  ],
  ['delegations', (size) => Array.from({ length: size / 30 }, (_, index) => `n${index} NS ns.n${index}\n`).join('')],
  [
    'one server of all delegations',
    (size) => `${Array.from({ length: size / 20 }, (_, index) => `n${index} NS ns.n0\n`).join('')}ns.n0 A 192.0.2.1`,
  ],
  ['origins', (size) => '$ORIGIN a\n'.repeat(size / 10)],
  ['comments', (size) => ';\n'.repeat(size / 2)],
  ['empty lines', (size) => '\n'.repeat(size)],
  ['carriage returns', (size) => '\r'.repeat(size)],
  ['characters that are refused', (size) => '\0\n'.repeat(size / 2)],
];

const LARGE = 400_000;

/** The quicker of two, so that what else runs on the machine counts less. */
function milliseconds(text: string): number {
  const times = [0, 1].map(() => {
    const start = performance.now();
    readServableZoneFile(text, { origin: 'ct.example.org' });
    return performance.now() - start;
  });
  return Math.min(...times);
}

/** A square would be sixteen. Measured again when it looks bad: what else runs on the machine comes and goes. */
function growth(make: (size: number) => string): number {
  const [large, small] = [make(LARGE), make(LARGE / 4)];
  let least = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < 5 && least >= 10; attempt++) {
    const time = milliseconds(large);
    // What is quick in any case is not compared.
    least = Math.min(least, time < 300 ? 1 : time / milliseconds(small));
  }
  return least;
}

jest.setTimeout(120_000);

it.each(texts)('%s: four times the text takes about four times as long', (_, make) => {
  expect(growth(make)).toBeLessThan(10);
});
