const browsers: [RegExp, string][] = [
  [/\bEdg(e|A|iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/Chrom(e|ium)\/|\bCriOS\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
  [/^curl\//, 'curl'],
];

const systems: [RegExp, string][] = [
  [/\bAndroid\b/, 'Android'],
  [/\b(iPhone|iPad)\b/, 'iOS'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bLinux\b|\bX11\b/, 'Linux'],
];

/** "Firefox on Linux": enough to know one's own devices by; browsers pretend to be each other, so the order matters. */
export function deviceText(userAgent: string): string {
  const first = (known: [RegExp, string][]): string | undefined => known.find(([sign]) => sign.test(userAgent))?.[1];
  const browser = first(browsers) ?? 'Unknown browser';
  const system = first(systems);
  return system ? `${browser} on ${system}` : browser;
}
