import { describe, expect, it } from 'vitest';
import { secondarySnippets } from './secondary-snippets';
import { secondaryLook } from './secondary-state';

const zones = [
  { name: 'ct.example.org.', addresses: ['192.0.2.53'] },
  { name: '0-127.2.0.192.in-addr.arpa.', addresses: ['192.0.2.53'] },
];
const keyed = { tsigKey: { id: 'k', name: 'xfr.example.' } };

describe('the configuration of a secondary', () => {
  it.each(['knot', 'nsd', 'bind'])('names every zone, the server and the key for %s', (program) => {
    const text = secondarySnippets(keyed, zones).find(({ id }) => id === program)?.text ?? '';
    for (const part of ['ct.example.org', '0-127.2.0.192.in-addr.arpa', '192.0.2.53', 'xfr.example'])
      expect(text).toContain(part);
  });

  it('goes by the address where there is no key, and says so', () => {
    const texts = secondarySnippets({ tsigKey: null }, zones);
    expect(texts.find(({ id }) => id === 'nsd')?.text).toContain('request-xfr: 192.0.2.53 NOKEY');
    expect(texts.every(({ text, about }) => !text.includes('key:') && about.includes('TSIG key'))).toBe(true);
  });

  it('leaves a place for the address where none is set', () => {
    expect(secondarySnippets(keyed, [{ name: 'z.', addresses: [] }])[0]?.text).toContain('ADDRESS-OF-THIS-SERVER');
  });
});

it.each([
  [null, null, 7, 'Not seen yet'],
  [null, 7, 7, 'Current'],
  [null, 6, 7, 'Behind'],
  ['refused', 7, 7, 'Failing'],
  [null, 6, undefined, 'Current'],
])('error %j, serial %j of %j is %s', (error, transferredSerial, serial, label) => {
  expect(secondaryLook({ error, transferredSerial }, serial).label).toBe(label);
});
