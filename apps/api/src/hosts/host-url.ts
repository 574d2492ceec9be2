/** LXD's and Incus's usual port. */
const DEFAULT_PORT = '8443';

/**
 * The one form of a host's address, `https://host:port`; the scheme and the port may be left out.
 * @returns a sentence that says what is wrong with the text
 */
export function parseHostUrl(text: string): { url: string } | { fault: string } {
  const given = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  if (/[\s\\%\p{Cc}]/u.test(text) || !URL.canParse(given))
    return { fault: 'This is not an address like https://host.example.org:8443.' };
  const url = new URL(given);
  if (url.protocol !== 'https:') return { fault: 'LXD and Incus are spoken to over https only.' };
  if (url.username !== '' || url.password !== '' || given.includes('@'))
    return { fault: 'An address has no credentials in it; the trust password or token goes into its own field.' };
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '' || /[?#]/.test(given))
    return { fault: 'An address is a host name and a port, without a path.' };
  // URL leaves https's own port out; whoever wrote :443 means it.
  const port = url.port || (/:443\/?$/.test(given) ? '443' : DEFAULT_PORT);
  return { url: `https://${url.hostname.replace(/\.$/, '')}:${port}` };
}

/** What is wrong with the address of a monitoring page, or undefined. */
export function monitoringUrlFault(text: string): string | undefined {
  if (!URL.canParse(text)) return 'This is not an address like https://monitoring.example.org/host1.';
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'Only http and https addresses can be shown.';
  if (url.username !== '' || url.password !== '') return 'An address has no credentials in it.';
  return undefined;
}
