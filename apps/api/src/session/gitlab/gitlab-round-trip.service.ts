import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { API_SETTINGS, ApiSettings } from '../../api-settings';
import { mayOnProfile } from '../../profile/profile.policy';
import type { SessionActor } from '../actor';
import { ActorFinder } from '../actor-finder';
import type { OpenedSession } from '../live-sessions';
import { signInSourceOf } from '../sign-in-source';
import { GitlabArrivalService } from './gitlab-arrival.service';
import { GitlabDoor, Return } from './gitlab-door';
import { isOwnNavigation } from './own-navigation';
import { ownPath } from './own-path';
import { SignInFault } from './sign-in-fault';
import type { SignInPurpose, SignInState } from './sign-in-state';

/** Where a round trip ended. */
export interface Arrival {
  next: string;
  /** Of a sign-in; the other purposes go on in the session that is there. */
  opened: OpenedSession | null;
}

/** A round trip to GitLab: out with a wish, and back with a person. */
@Injectable()
export class GitlabRoundTripService {
  constructor(
    private readonly door: GitlabDoor,
    private readonly arrivals: GitlabArrivalService,
    private readonly actors: ActorFinder,
    @Inject(API_SETTINGS) private readonly settings: Pick<ApiSettings, 'gitlabs'>,
  ) {}

  /**
   * The address of GitLab's page; null when somebody is signed in already and another site asked for it, by which it could put another
   * account in the place of theirs.
   * @throws SignInFault
   */
  async begin(request: Request, prefix: string, callbackPath: string): Promise<{ url: string; cookie: string } | null> {
    const purpose = purposeOf(request);
    if (purpose === 'sign-in' && !cameFromUs(request) && (await this.actors.bySession(request))) return null;
    const actor = purpose === 'sign-in' ? null : await this.asker(request, purpose);
    return this.door.begin({
      prefix,
      purpose,
      sessionId: actor?.sessionId ?? null,
      next: ownPath(request.query['next']),
      // The host is one of ours: others were refused before.
      callbackUrl: `${request.protocol}://${request.headers.host ?? ''}${callbackPath}`,
    });
  }

  /** The sign-in that came back, to be ended by `end`; what goes wrong from here on has a place to go back to. */
  redeem(came: Return): Promise<{ handle: string; state: SignInState }> {
    return this.door.redeem(came);
  }

  /** @throws SignInFault */
  async end(request: Request, came: Return, redeemed: { handle: string; state: SignInState }): Promise<Arrival> {
    const { handle, state } = redeemed;
    const { purpose, next } = state;
    const issuer = this.settings.gitlabs.find(({ prefix }) => prefix === state.prefix)?.issuer ?? '';
    if (purpose === 'sign-in') {
      const visit = await this.door.visitor(came, handle, state);
      return { next, opened: await this.arrivals.signIn(issuer, visit, signInSourceOf(request)) };
    }
    const actor = await this.present(request);
    if (actor.sessionId !== state.sessionId) throw new SignInFault('no-session', 'the session is another one by now');
    const visit = await this.door.visitor(came, handle, state);
    await (purpose === 'link'
      ? this.arrivals.link(issuer, visit, actor)
      : this.arrivals.startSudo(issuer, visit, actor));
    return { next, opened: null };
  }

  private async asker(request: Request, purpose: 'link' | 'sudo'): Promise<SessionActor> {
    if (!cameFromUs(request)) throw new SignInFault('no-session', 'another site opened the address');
    const actor = await this.present(request);
    if (purpose === 'sudo' && !actor.canSudo) throw new SignInFault('no-admin', 'only admins can turn sudo on');
    if (purpose === 'link' && !mayOnProfile(actor, 'add-way-in'))
      throw new SignInFault('needs-sudo', 'an admin links an account under sudo');
    return actor;
  }

  private async present(request: Request): Promise<SessionActor> {
    const found = await this.actors.bySession(request);
    if (!found || found.standing !== 'active') throw new SignInFault('no-session', 'nobody is signed in');
    return found.actor;
  }
}

function cameFromUs(request: Request): boolean {
  const { host, referer } = request.headers;
  const site = request.headers['sec-fetch-site'];
  const secFetchSite = Array.isArray(site) ? site.join() : site;
  return isOwnNavigation({ host, referer, secFetchSite, secure: request.secure });
}

function purposeOf(request: Request): SignInPurpose {
  if (request.query['sudo'] === '1') return 'sudo';
  return request.query['link'] === '1' ? 'link' : 'sign-in';
}
