import { createHash, randomBytes } from 'node:crypto';
import { GitlabStandIn, type StandInOptions } from '@lxdm/testing';
import { Gitlab, type GitlabOptions, type GitlabTokens } from '../src/index';

const redirectUri = 'http://127.0.0.1:1/social-auth/complete/gitlab/';

/** A stand-in with one person, a client for it, and a way to sign somebody in. */
export class Rig {
  private constructor(
    readonly standIn: GitlabStandIn,
    readonly gitlab: Gitlab,
    readonly member: string,
  ) {}

  static async up(options: StandInOptions = {}): Promise<Rig> {
    const standIn = await GitlabStandIn.start({ redirectUris: [redirectUri], ...options });
    const { id } = await standIn.tell('addPerson', 'member', 'A Member');
    return new Rig(standIn, clientOf(standIn), String(id));
  }

  get apiToken(): string {
    return this.standIn.introduction.apiToken;
  }

  client(options: Partial<GitlabOptions>): Gitlab {
    return clientOf(this.standIn, options);
  }

  /** The address that begins a sign-in, as the application makes it. */
  authorizeUrl(parameters: Record<string, string> = {}): { url: string; codeVerifier: string } {
    const codeVerifier = randomBytes(32).toString('base64url');
    const url = new URL('oauth/authorize', this.standIn.url);
    url.search = new URLSearchParams({
      client_id: this.standIn.introduction.clientId,
      redirect_uri: redirectUri,
      response_type: 'code',
      scope: 'read_user',
      state: 'state-of-the-test',
      code_challenge: createHash('sha256').update(codeVerifier).digest('base64url'),
      code_challenge_method: 'S256',
      ...parameters,
    }).toString();
    return { url: url.href, codeVerifier };
  }

  async codeOf(username: string): Promise<{ code: string; codeVerifier: string; redirectUri: string }> {
    const { url, codeVerifier } = this.authorizeUrl();
    const callback = new URL(await this.standIn.tell('signIn', url, username));
    return { code: callback.searchParams.get('code') ?? '', codeVerifier, redirectUri };
  }

  async signIn(username = 'member'): Promise<GitlabTokens> {
    return this.gitlab.exchangeCode(await this.codeOf(username));
  }

  async down(): Promise<void> {
    await this.standIn.stop();
  }
}

function clientOf(standIn: GitlabStandIn, options: Partial<GitlabOptions> = {}): Gitlab {
  const { url, clientId, clientSecret } = standIn.introduction;
  return new Gitlab({ url, clientId, clientSecret, timeouts: { idleMs: 2000, totalMs: 4000 }, ...options });
}
