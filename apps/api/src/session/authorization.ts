/** What an Authorization header asks for: nothing, a token, or something that we do not know (RFC 9110 §11.4). */
export function tokenOfAuthorization(header: string | undefined): { given: boolean; token: string | null } {
  if (header === undefined) return { given: false, token: null };
  const token = /^(?:token|bearer) +([A-Za-z0-9_-]{20,100}) *$/i.exec(header)?.[1];
  return { given: true, token: token ?? null };
}
