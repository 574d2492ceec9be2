/**
 * The same for routes that programs call whose clients were made for other servers: the token may also be the password of Basic
 * (RFC 7617), or stand in X-Api-Key with its id in X-Api-User, as acme-dns has it.
 */
export function tokenOfDoor(headers: DoorHeaders): { given: boolean; token: string | null; id?: string } {
  const { authorization } = headers;
  const key = headers['x-api-key'];
  if (authorization === undefined && key !== undefined) {
    const id = headers['x-api-user'];
    const token = typeof key === 'string' && TOKEN.test(key) ? key : null;
    return { given: true, token, ...(typeof id === 'string' && { id }) };
  }
  const basic = /^basic +([A-Za-z0-9+/]{1,400}={0,2}) *$/i.exec(authorization ?? '')?.[1];
  if (basic === undefined) return tokenOfAuthorization(authorization);
  const credentials = Buffer.from(basic, 'base64').toString('utf8');
  const password = credentials.slice(credentials.indexOf(':') + 1);
  return { given: true, token: credentials.includes(':') && TOKEN.test(password) ? password : null };
}

const TOKEN = /^[A-Za-z0-9_-]{20,100}$/;

/** The headers that a token may stand in. */
export interface DoorHeaders {
  authorization?: string | undefined;
  'x-api-key'?: string | string[] | undefined;
  'x-api-user'?: string | string[] | undefined;
}

/** What an Authorization header asks for: nothing, a token, or something that we do not know (RFC 9110 §11.4). */
export function tokenOfAuthorization(header: string | undefined): { given: boolean; token: string | null } {
  if (header === undefined) return { given: false, token: null };
  const token = /^(?:token|bearer) +([A-Za-z0-9_-]{20,100}) *$/i.exec(header)?.[1];
  return { given: true, token: token ?? null };
}
