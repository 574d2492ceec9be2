import { createHash, randomBytes } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadKeyRing, seal } from '@lxdm/crypto';
import { gitlabTokenPlace } from '@lxdm/domain';
import { GitlabSignInsRepository } from '@lxdm/entities';
import { Gitlab } from '@lxdm/gitlab';
import { GitlabStandIn } from '@lxdm/testing';
import { GitlabPerson } from './gitlab-person';
import { sharedServices } from './services';
import { World } from './world';

const CALLBACK = 'http://127.0.0.1:9/social-auth/complete/gitlab/';

/** A world whose people come from a GitLab that speaks real OAuth. */
export class GitlabWorld {
  private constructor(
    readonly world: World,
    readonly gitlab: GitlabStandIn,
  ) {}

  static async make(): Promise<GitlabWorld> {
    const [world, gitlab] = await Promise.all([
      sharedServices().then((services) => World.make(services)),
      GitlabStandIn.start({ redirectUris: [CALLBACK] }),
    ]);
    const made = new GitlabWorld(world, gitlab);
    const { clientId, clientSecret } = gitlab.introduction;
    world.env = { GITLAB_URL: gitlab.url, GITLAB_SYNC_SECONDS: '2' };
    made.secret('gitlab_id', clientId);
    made.secret('gitlab_secret', clientSecret);
    made.readingToken(true);
    return made;
  }

  /** Whether the manager has a token of its own to read with. */
  readingToken(there: boolean): void {
    this.secret('gitlab_token', there ? this.gitlab.introduction.apiToken : null);
  }

  secret(file: string, text: string | null): void {
    const path = join(this.world.dir, 'secrets', file);
    if (text === null) rmSync(path, { force: true });
    else writeFileSync(path, `${text}\n`, { mode: 0o600 });
  }

  /** Somebody of GitLab who has signed in here and was approved. */
  async person(username: string): Promise<GitlabPerson> {
    const { id } = await this.gitlab.tell('addPerson', username);
    const person = await this.signIn(username, String(id));
    await this.world.query('UPDATE users SET approved_at = now() WHERE id = $1', [person.userId]);
    return person;
  }

  /** Signs in as the api does, with the browser's part of it. */
  async signIn(username: string, gitlabId: string): Promise<GitlabPerson> {
    const { world, gitlab } = this;
    const { clientId, clientSecret } = gitlab.introduction;
    const verifier = randomBytes(32).toString('base64url');
    const url = new URL('oauth/authorize', gitlab.url);
    url.search = new URLSearchParams({
      client_id: clientId,
      redirect_uri: CALLBACK,
      response_type: 'code',
      scope: 'read_user',
      state: 'x',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    }).toString();
    const back = new URL(await gitlab.tell('signIn', url.href, username));
    const client = new Gitlab({ url: gitlab.url, clientId, clientSecret });
    const code = back.searchParams.get('code') ?? '';
    const tokens = await client.exchangeCode({ code, redirectUri: CALLBACK, codeVerifier: verifier });
    const ring = await loadKeyRing(world.ringFile);
    const identity = { issuer: gitlab.url, gitlabId, username, displayName: username };
    const { accountId, userId } = await world.db.run((tx) =>
      world.get(GitlabSignInsRepository).signIn(tx, identity, (id) => ({
        accessTokenSealed: seal(ring, gitlabTokenPlace(id, 'access'), tokens.accessToken),
        refreshTokenSealed: seal(ring, gitlabTokenPlace(id, 'refresh'), tokens.refreshToken ?? ''),
        tokenExpiresAt: tokens.expiresAt,
      })),
    );
    return new GitlabPerson(this, gitlabId, accountId, userId);
  }

  async close(): Promise<void> {
    await this.world.close();
    await this.gitlab.stop();
  }
}
