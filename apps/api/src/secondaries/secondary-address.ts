import { canonicalAddress, contains, invalid } from '@lxdm/domain';

/** Where no name server can be: this network, multicast and what is reserved, the unspecified address, link-local ones without their link. */
const NOWHERE = ['0.0.0.0/8', '224.0.0.0/3', '::/128', 'ff00::/8', 'fe80::/10', '169.254.0.0/16', '::ffff:0:0/96'];

/** The address of a secondary: private ones are as good as public ones. @throws DomainError `invalid` */
export function secondaryAddress(text: string): string {
  const address = canonicalAddress(text);
  if (address === undefined) throw invalid('address', 'This is no IP address, such as 192.0.2.54 or 2001:db8::54.');
  if (NOWHERE.some((network) => contains(network, address)))
    throw invalid('address', 'No server can be reached at this address.');
  return address;
}
