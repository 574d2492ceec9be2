/**
 * Signs in as a browser does: follows the application's request through the sign-in page and returns the address that GitLab sends the
 * browser back to, unopened. `deny` refuses instead.
 */
export async function walkSignIn(authorizeUrl: string, username: string, deny = false): Promise<string> {
  const cookies = new Map<string, string>();
  const origin = new URL(authorizeUrl).origin;
  const visit = async (address: string, form?: URLSearchParams): Promise<{ next: string | null; text: string }> => {
    const response = await fetch(address, {
      method: form === undefined ? 'GET' : 'POST',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      body: form,
      redirect: 'manual',
      signal: AbortSignal.timeout(10_000),
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') cookies.delete(name);
      else cookies.set(name, value);
    }
    const location = response.headers.get('location');
    const text = await response.text();
    return { next: location === null ? null : new URL(location, address).href, text };
  };
  let address = authorizeUrl;
  for (let step = 0; step < 8; step += 1) {
    const form = new URL(address).pathname.endsWith('/users/sign_in')
      ? new URLSearchParams(deny ? { deny: '1' } : { person: username })
      : undefined;
    const { next, text } = await visit(address, form);
    if (next === null)
      throw new Error(`GitLab kept the browser: ${text.replace(/<style>.*?<\/style>|<[^>]*>/g, ' ').trim()}`);
    if (new URL(next).origin !== origin) return next;
    address = next;
  }
  throw new Error('The sign-in goes round in circles.');
}
