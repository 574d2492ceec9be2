/** GET /1.0/certificates/FINGERPRINT: a client that the server trusts. */
export interface Certificate {
  readonly name: string;
  readonly type: string;
  readonly restricted: boolean;
  readonly projects: readonly string[] | null;
  readonly certificate: string;
  readonly fingerprint: string;
}

/** POST /1.0/certificates over the client's own TLS certificate: a password (LXD ≤ 5) or a token. */
export interface CertificatesPost {
  readonly type: 'client';
  readonly name: string;
  readonly password?: string;
  readonly trust_token?: string;
}
