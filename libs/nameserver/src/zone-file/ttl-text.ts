const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800 };
/** Past this a number is out of every range; it stays exact. */
const ENOUGH = 2 ** 40;

/** Seconds of `300`, or of numbers with units as BIND has them: `1h30m`, `2D`, `1w`; undefined when the text is no such thing. */
export function ttlSeconds(text: string): number | undefined {
  let total = 0;
  let number: number | undefined;
  let units = 0;
  for (const character of text.toLowerCase()) {
    if (character >= '0' && character <= '9') {
      number = Math.min((number ?? 0) * 10 + Number(character), ENOUGH);
      continue;
    }
    const seconds = SECONDS[character];
    if (seconds === undefined || number === undefined) return undefined;
    total = Math.min(total + number * seconds, ENOUGH);
    units += 1;
    number = undefined;
  }
  if (units === 0) return number;
  // 1h30: of what the thirty are is not said.
  return number === undefined ? total : undefined;
}
