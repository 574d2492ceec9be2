import type { IncomingMessage, ServerResponse } from 'node:http';
import { escaped, type Oauth } from './oauth-provider';
import type { GitlabWorld } from './gitlab-world';

/** The page on which one picks who one is, at GitLab's own path /users/sign_in. */
export class SignInPage {
  constructor(
    private readonly world: GitlabWorld,
    private readonly oauth: Oauth,
  ) {}

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // Fails when the cookie of the interaction is not there: only the browser that began may go on.
    try {
      await this.oauth.provider.interactionDetails(request, response);
    } catch {
      page(response, 400, '<p>Nothing is to be signed in to. Begin at the application.</p>');
      return;
    }
    if (request.method !== 'POST') {
      this.pick(response);
      return;
    }
    const form = new URLSearchParams(await bodyOf(request));
    const person = this.world.findPerson(form.get('person') ?? '');
    if (form.get('deny') !== null) {
      const refusal = { error: 'access_denied', error_description: 'The resource owner denied the request.' };
      await this.oauth.provider.interactionFinished(request, response, refusal);
    } else if (person === undefined) {
      page(response, 422, '<p>Invalid login or password.</p>');
    } else if (person.state !== 'active') {
      // GitLab keeps them on its own page: the application hears nothing.
      page(response, 403, `<p>Your account has been ${escaped(person.state.replaceAll('_', ' '))}.</p>`);
    } else {
      await this.oauth.provider.interactionFinished(request, response, { login: { accountId: String(person.id) } });
    }
  }

  private pick(response: ServerResponse): void {
    const buttons = this.world
      .everybody()
      .map(
        ({ username, name, state }) =>
          `<p><button name="person" value="${escaped(username)}">${escaped(name)} (${escaped(username)})${
            state === 'active' ? '' : `, ${escaped(state)}`
          }</button></p>`,
      );
    page(
      response,
      200,
      `<h1>Stand-in for GitLab</h1><p>Who are you? LXD Manager will learn your name and your SSH keys.</p>
<form method="post">${buttons.join('\n')}<p><button name="deny" value="1">Deny</button></p></form>`,
    );
  }
}

function page(response: ServerResponse, status: number, body: string): void {
  const policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy });
  response.end(
    `<!DOCTYPE html><html lang="en"><head><title>Sign in · GitLab stand-in</title><style>body{font:1rem system-ui;max-width:30rem;margin:4rem auto}button{font:inherit;padding:.5rem 1rem;width:100%}</style></head><body>${body}</body></html>`,
  );
}

/** The body of a request, at most a megabyte. */
export async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > 1024 * 1024) throw new Error('The body is too large.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
