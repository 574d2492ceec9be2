import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type Provider from 'oidc-provider' with { 'resolution-mode': 'import' };
import type { GitlabWorld } from './gitlab-world';
import { OauthStore } from './oauth-store';
import type { StandInSettings } from './stand-in-settings';

/** The provider, what it keeps, and what a test can change of it while it runs. */
export interface Oauth {
  readonly provider: Provider;
  readonly store: OauthStore;
  readonly knobs: { tokenSeconds: number };
}

/** Scopes of docs.gitlab.com/integration/oauth_provider#view-all-authorized-applications that an application may be given. */
const scopes = ['read_user', 'read_api', 'api'];

/**
 * OAuth 2.0 as docs.gitlab.com/api/oauth2 describes it: authorization code with PKCE, confidential client, rotating refresh tokens,
 * opaque access tokens of two hours.
 */
export async function oauthOf(settings: StandInSettings, world: GitlabWorld): Promise<Oauth> {
  const { default: OidcProvider, interactionPolicy } = await import('oidc-provider');
  const knobs = { tokenSeconds: 7200 };
  const store = new OauthStore(() => ({
    client_id: settings.clientId,
    client_secret: settings.clientSecret,
    redirect_uris: [...settings.redirectUris],
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: 'client_secret_post',
    scope: 'read_user',
  }));
  const policy = interactionPolicy.base();
  // One picks a person anew each time: whoever tries the manager wants to be another one.
  const { Check } = interactionPolicy;
  policy
    .get('login')
    ?.checks.add(
      new Check('pick', 'a person is picked', (ctx) =>
        ctx.oidc.result?.login === undefined ? Check.REQUEST_PROMPT : Check.NO_NEED_TO_PROMPT,
      ),
    );
  const provider = new OidcProvider(settings.issuer, {
    adapter: store.adapterOf,
    clientDefaults: { id_token_signed_response_alg: 'ES256' },
    cookies: { keys: [randomBytes(16).toString('hex')] },
    features: { devInteractions: { enabled: false }, userinfo: { enabled: false } },
    findAccount: (_ctx, sub) => {
      const person = world.findPerson(sub);
      // Whoever is shut out gets no token, neither by a code nor by a refresh token.
      return person?.state === 'active' ? { accountId: sub, claims: () => ({ sub }) } : undefined;
    },
    interactions: {
      policy,
      url: (_ctx, interaction) =>
        `${new URL(settings.issuer).pathname.replace(/\/$/, '')}/users/sign_in?uid=${interaction.uid}`,
    },
    issueRefreshToken: () => true,
    jwks: {
      keys: [
        { ...generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }), use: 'sig' },
      ],
    },
    // What was asked for is granted by the click that picks the person.
    loadExistingGrant: async (ctx) => {
      const { client, session, params } = ctx.oidc;
      const grant = new ctx.oidc.provider.Grant({ clientId: client?.clientId, accountId: session?.accountId });
      grant.addOIDCScope(String(params?.['scope'] ?? ''));
      await grant.save();
      return grant;
    },
    pkce: { required: () => true },
    renderError: (ctx, out) => {
      ctx.type = 'html';
      ctx.body = `<!DOCTYPE html><title>${out.error}</title><p>${out.error}: ${escaped(out.error_description ?? '')}</p>`;
    },
    rotateRefreshToken: () => true,
    routes: { authorization: '/oauth/authorize', token: '/oauth/token' },
    scopes,
    ttl: {
      AccessToken: () => knobs.tokenSeconds,
      AuthorizationCode: 600,
      Grant: 30 * 86_400,
      Interaction: 3600,
      RefreshToken: 30 * 86_400,
      Session: 86_400,
    },
  });
  provider.use(async (ctx, next) => {
    await next();
    // GitLab says when a token was made (docs.gitlab.com/api/oauth2#authorization-code-flow).
    if (ctx.path === '/oauth/token' && isTokens(ctx.body))
      ctx.body = { ...ctx.body, created_at: Math.floor(Date.now() / 1000) };
  });
  return { provider, store, knobs };
}

function isTokens(body: unknown): body is Record<string, unknown> {
  return typeof body === 'object' && body !== null && 'access_token' in body;
}

/** Text as HTML shows it. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
