import { ClientAddress } from './client-address';
import { Network } from './network';

it.each([
  ['192.0.2.0/24', '192.0.2.255', true],
  ['192.0.2.0/24', '192.0.3.0', false],
  ['192.0.2.128/25', '192.0.2.128', true],
  ['192.0.2.128/25', '192.0.2.127', false],
  ['192.0.2.1', '192.0.2.1', true],
  ['192.0.2.1', '192.0.2.2', false],
  ['0.0.0.0/0', '255.255.255.255', true],
  ['0.0.0.0/0', '::1', false],
  ['::/0', '2001:db8::1', true],
  ['::/0', '192.0.2.1', false],
  ['2001:db8::/33', '2001:db8:7fff::1', true],
  ['2001:db8::/33', '2001:db8:8000::1', false],
  ['::1', '::1', true],
])('%s has %s: %s', (network, address, expected) => {
  const client = new ClientAddress();
  client.read(address);
  expect(Network.parse(network)?.has(client)).toBe(expected);
});

it.each([
  '',
  '192.0.2.1/24',
  '192.0.2.0/33',
  '192.0.2.0/-1',
  '192.0.2/24',
  '::/129',
  '2001:db8::1/64',
  'x/8',
  '1.2.3.4/',
])('%j is none', (text) => expect(Network.parse(text)).toBeUndefined());
