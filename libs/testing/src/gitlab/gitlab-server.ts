import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ControlCommands, type StandInParts } from './control-commands';
import { GitlabWorld } from './gitlab-world';
import { oauthOf } from './oauth-provider';
import { RequestLog } from './request-log';
import { write } from './rest-reply';
import { RestRoutes } from './rest-routes';
import { bodyOf, SignInPage } from './sign-in-page';
import { StandInFaults } from './stand-in-faults';
import { settingsOf, type StandInOptions, type StandInSettings } from './stand-in-settings';
import { SystemHooks } from './system-hooks';

/** The server of the stand-in: OAuth, REST, the sign-in page and /control, in the process that makes it. */
export class GitlabServer {
  readonly commands: ControlCommands;
  private readonly rest: RestRoutes;
  private readonly signIn: SignInPage;
  private readonly oauth: (request: IncomingMessage, response: ServerResponse) => Promise<void>;

  private constructor(
    private readonly server: Server,
    private readonly parts: StandInParts,
  ) {
    this.commands = new ControlCommands(parts);
    this.rest = new RestRoutes(parts.settings, parts.world, parts.oauth);
    this.signIn = new SignInPage(parts.world, parts.oauth);
    this.oauth = parts.oauth.provider.callback();
    server.on('request', (request, response) => void this.answered(request, response));
  }

  /** Listens on loopback only. */
  static async listen(options: StandInOptions): Promise<GitlabServer> {
    const server = createServer();
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(options.port ?? 0, '127.0.0.1', resolve);
    });
    const settings = settingsOf(options, (server.address() as AddressInfo).port);
    const world = seeded(options);
    const oauth = await oauthOf(settings, world);
    const hooks = new SystemHooks(settings);
    hooks.url = options.hookUrl;
    return new GitlabServer(server, {
      settings,
      world,
      oauth,
      hooks,
      faults: new StandInFaults(),
      log: new RequestLog(),
    });
  }

  get settings(): StandInSettings {
    return this.parts.settings;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answered(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      await this.answer(request, response);
    } catch (error) {
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ message: error instanceof Error ? error.message : 'failed' }));
    }
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { prefix, issuer } = this.settings;
    const full = request.url ?? '/';
    const url = new URL(full, issuer);
    if (url.pathname === '/control') return this.control(request, response);
    if (prefix !== '' && !url.pathname.startsWith(`${prefix}/`)) return notFound(response);
    url.pathname = url.pathname.slice(prefix.length);
    const call = `${request.method} ${url.pathname}`;
    response.once('close', () => this.parts.log.note(call, response.statusCode));
    if (await this.parts.faults.befall(call, request, response)) return;
    if (url.pathname.startsWith('/api/v4/')) return write(await this.rest.answer(request, url), request, response);
    // The provider finds the prefix as under Express: by what was cut off.
    Object.assign(request, { originalUrl: full, url: `${url.pathname}${url.search}` });
    if (url.pathname === '/users/sign_in') return this.signIn.answer(request, response);
    if (!url.pathname.startsWith('/oauth/')) return notFound(response);
    return this.oauth(request, response);
  }

  /** `{"do": "addKey", "with": ["member", {"key": "…"}]}`; a page in a browser cannot send the key. */
  private async control(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!same(request.headers.authorization ?? '', `Bearer ${this.settings.controlKey}`)) return notFound(response);
    const command = JSON.parse(await bodyOf(request)) as { do: keyof ControlCommands; with?: unknown[] };
    const names = Object.getOwnPropertyNames(ControlCommands.prototype);
    const known = command.do !== ('constructor' as string) && names.includes(command.do);
    if (!known) throw new Error(`There is no command ${String(command.do)}.`);
    const run = this.commands[command.do] as (...words: unknown[]) => unknown;
    const result = await run.apply(this.commands, command.with ?? []);
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ result: result ?? null }));
  }
}

function seeded({ people = [], groups = [] }: StandInOptions): GitlabWorld {
  const world = new GitlabWorld();
  for (const { username, name, id, keys = [] } of people) {
    const person = world.addPerson(username, name, 'active', id);
    for (const key of keys) world.addKey(person.id, { key });
  }
  for (const { path, members } of groups) {
    const group = world.addGroup(path);
    for (const [username, accessLevel] of Object.entries(members)) {
      const userId = world.person(username).id;
      group.members.set(userId, { userId, accessLevel, expiresAt: null });
    }
  }
  return world;
}

function same(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
}

function notFound(response: ServerResponse): void {
  response.writeHead(404, { 'content-type': 'text/html; charset=utf-8' });
  response.end('<!DOCTYPE html><title>The page could not be found (404)</title><h1>404: Page not found</h1>');
}
