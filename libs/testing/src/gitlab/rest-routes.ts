import type { IncomingMessage } from 'node:http';
import type { GitlabWorld, StandInPerson } from './gitlab-world';
import type { Oauth } from './oauth-provider';
import { pageOf, refusals, type RestReply } from './rest-reply';
import * as shapes from './rest-shapes';
import type { StandInSettings } from './stand-in-settings';

/** Who asks: nobody, a person by a token of the sign-in, or the holder of the read_api token. */
type Asker = { kind: 'nobody' } | { kind: 'person'; person: StandInPerson } | { kind: 'reader' };

/** GitLab's REST API, as far as the manager asks it; GET only. */
export class RestRoutes {
  constructor(
    private readonly settings: StandInSettings,
    private readonly world: GitlabWorld,
    private readonly oauth: Oauth,
  ) {}

  async answer(request: IncomingMessage, url: URL): Promise<RestReply> {
    const asker = await this.askerOf(request);
    if ('status' in asker) return asker;
    const [first = '', id, ...more] = url.pathname.replace('/api/v4/', '').split('/').map(decodeURIComponent);
    switch ([first, ...(id === undefined ? [] : [first === 'user' ? id : ':id']), ...more].join('/')) {
      case 'user':
        return asker.kind === 'person'
          ? ok(shapes.currentUser(asker.person, this.settings.issuer))
          : refusals.unauthorized;
      case 'user/keys':
        return asker.kind === 'person' ? pageOf(asker.person.keys, url) : refusals.unauthorized;
      case 'users/:id':
        return this.user(asker, id ?? '');
      case 'users/:id/keys': {
        // The public may ask, and keys of blocked people are shown as well (docs.gitlab.com/api/user_keys).
        const person = this.world.findPerson(id ?? '');
        return person === undefined ? refusals.noUser : pageOf(person.keys, url);
      }
      case 'groups/:id':
        return this.group(asker, id ?? '', (group) => ok(shapes.group(group, this.settings.issuer)));
      case 'groups/:id/members/all':
        return this.group(asker, id ?? '', (group) =>
          pageOf(
            this.world
              .allMembers(group)
              .map((one) => shapes.member(this.world.person(one.userId), one, this.settings.issuer)),
            url,
          ),
        );
      default:
        return refusals.noRoute;
    }
  }

  /** GitLab refuses the public here, and takes a number only. */
  private user(asker: Asker, id: string): RestReply {
    if (asker.kind === 'nobody') return refusals.notAuthorized;
    const person = /^\d+$/.test(id) ? this.world.findPerson(Number(id)) : undefined;
    return person === undefined ? refusals.noUser : ok(shapes.user(person, this.settings.issuer));
  }

  /** All groups are private: nobody sees them but the reader; a token of read_user alone is not enough. */
  private group(asker: Asker, id: string, show: (group: ReturnType<GitlabWorld['group']>) => RestReply): RestReply {
    if (asker.kind === 'person') return refusals.insufficientScope;
    const group = asker.kind === 'reader' ? this.world.findGroup(id) : undefined;
    return group === undefined ? refusals.noGroup : show(group);
  }

  /** docs.gitlab.com/api/rest/authentication: a token in Authorization or PRIVATE-TOKEN, and its owner must be let in. */
  private async askerOf(request: IncomingMessage): Promise<Asker | RestReply> {
    const header = request.headers['private-token'];
    const token = typeof header === 'string' ? header : /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (token === undefined) return { kind: 'nobody' };
    if (token === this.settings.apiToken) return { kind: 'reader' };
    const found = await this.oauth.provider.AccessToken.find(token, { ignoreExpiration: true });
    if (found === undefined) return refusals.unauthorized;
    if (found.isExpired) return refusals.expired;
    const person = this.world.findPerson(found.accountId);
    if (person === undefined) return refusals.unauthorized;
    switch (person.state) {
      case 'active':
        return { kind: 'person', person };
      case 'deactivated':
        return refusals.deactivated;
      case 'blocked_pending_approval':
        return refusals.pending;
      case 'blocked':
      case 'banned':
      case 'ldap_blocked':
        return refusals.blocked;
    }
  }
}

const ok = (body: unknown): RestReply => ({ status: 200, body });
