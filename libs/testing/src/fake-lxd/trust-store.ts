import { randomBytes } from 'node:crypto';
import { LxdRefusal } from './lxd-refusal';
import type { FakeRequest } from './fake-request';

/** A client that the fake trusts. */
export interface TrustedClient {
  readonly fingerprint: string;
  readonly name: string;
  readonly certificate: string;
}

/** Who may use the fake: by password, or by tokens that work once. */
export class TrustStore {
  private readonly clients = new Map<string, TrustedClient>();
  private readonly tokens = new Map<string, string>();

  constructor(
    private readonly password: string,
    private readonly explicitTokens: boolean,
  ) {}

  has(fingerprint: string): boolean {
    return this.clients.has(fingerprint);
  }

  list(): unknown[] {
    return [...this.clients.values()].map((client) => ({ ...client, type: 'client', restricted: false, projects: [] }));
  }

  add(client: TrustedClient): void {
    this.clients.set(client.fingerprint, client);
  }

  delete(fingerprint: string): boolean {
    return this.clients.delete(fingerprint);
  }

  forgetAll(): void {
    this.clients.clear();
  }

  /** What `lxc config trust add --name` prints. */
  issueToken(name: string, fingerprint: string, address: string): string {
    const fields = {
      client_name: name,
      fingerprint,
      addresses: [address],
      secret: randomBytes(32).toString('hex'),
      expires_at: '0001-01-01T00:00:00Z',
    };
    const token = Buffer.from(JSON.stringify(fields)).toString('base64');
    this.tokens.set(token, name);
    return token;
  }

  /** POST /1.0/certificates. */
  join(request: FakeRequest): void {
    const { client, body } = request;
    if (client === undefined) throw new LxdRefusal(400, 'No client certificate provided');
    if (this.has(client.fingerprint)) throw new LxdRefusal(400, 'Client is already trusted');
    const token = this.explicitTokens ? body.text('trust_token') : body.text('password');
    const byToken = this.tokens.has(token);
    const byPassword = !this.explicitTokens && this.password !== '' && body.text('password') === this.password;
    if (!byToken && !byPassword) {
      // Something that looks like a token gets another answer than a wrong password.
      throw new LxdRefusal(
        403,
        looksLikeToken(token) ? 'No matching certificate add operation found' : 'not authorized',
      );
    }
    const name = this.tokens.get(token) ?? body.text('name');
    this.tokens.delete(token);
    this.add({ fingerprint: client.fingerprint, name, certificate: client.pem });
  }
}

function looksLikeToken(text: string): boolean {
  return Buffer.from(text, 'base64').toString('utf8').startsWith('{"client_name"');
}
