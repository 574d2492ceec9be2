/** POST /1.0/certificates over the client's own TLS certificate: a password (LXD ≤ 5) or a token. */
export interface CertificatesPost {
  readonly type: 'client';
  readonly name: string;
  readonly password?: string;
  readonly trust_token?: string;
}
