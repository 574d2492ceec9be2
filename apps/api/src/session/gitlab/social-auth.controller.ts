import { notFound } from '@lxdm/domain';
import { isPassingDatabaseFault } from '@lxdm/entities';
import { Controller, Get, Logger, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { requestIdOf } from '../../http/request-id';
import { Public } from '../actor';
import { inetOf } from '../request-address';
import { setSessionCookies } from '../session-cookies';
import { SessionReader } from '../session-reader';
import { GitlabDoor, Return } from './gitlab-door';
import { Arrival, GitlabRoundTripService } from './gitlab-round-trip.service';
import { clearSignInCookie, readSignInCookie, setSignInCookie } from './sign-in-cookie';
import { SignInFault } from './sign-in-fault';

/** The two addresses that a browser opens to sign in by GitLab; both end in a redirect, never in a problem document. */
@ApiExcludeController()
@Controller('social-auth')
@Public()
export class SocialAuthController {
  private readonly log = new Logger(SocialAuthController.name);

  constructor(
    private readonly door: GitlabDoor,
    private readonly trips: GitlabRoundTripService,
    private readonly reader: SessionReader,
  ) {}

  @Get(['login/gitlab', 'login/gitlab/:prefix'])
  async begin(@Req() request: Request, @Res() response: Response, @Param('prefix') given?: string): Promise<void> {
    const prefix = this.known(given);
    try {
      const callbackPath = `/social-auth/complete/gitlab/${prefix === '' ? '' : `${prefix}/`}`;
      const begun = await this.trips.begin(request, prefix, callbackPath);
      if (begun) setSignInCookie(response, begun.cookie);
      response.redirect(302, begun?.url ?? '/');
    } catch (error) {
      this.fail(response, error, '/');
    }
  }

  @Get(['complete/gitlab', 'complete/gitlab/:prefix'])
  async complete(@Req() request: Request, @Res() response: Response, @Param('prefix') given?: string): Promise<void> {
    const prefix = this.known(given);
    const came: Return = {
      prefix,
      cookie: readSignInCookie(request),
      query: request.query,
      address: inetOf(request.ip) ?? '',
    };
    let next = '/';
    try {
      const redeemed = await this.trips.redeem(came);
      next = redeemed.state.next;
      clearSignInCookie(response);
      this.enter(response, await this.trips.end(request, came, redeemed));
    } catch (error) {
      this.fail(response, error, next);
    }
  }

  private enter(response: Response, { next, opened }: Arrival): void {
    if (opened) setSessionCookies(response, opened.token, this.reader.csrfTokenOf(opened.tokenHash), opened.expiresAt);
    response.redirect(302, next);
  }

  /** Tells the console what went wrong by a word, and the log everything that may stand there. */
  private fail(response: Response, error: unknown, next: string): void {
    const requestId = requestIdOf(response);
    const fault = error instanceof SignInFault ? error : null;
    if (fault) this.log.warn({ requestId, code: fault.code }, `sign-in by GitLab: ${fault.message}`);
    else this.log.error({ err: error, requestId }, 'a sign-in by GitLab failed');
    const code = fault?.code ?? (isPassingDatabaseFault(error) ? 'not-ready' : 'failed');
    const query = new URLSearchParams({ error: code, request: requestId });
    if (next !== '/') query.set('returnUrl', next);
    response.redirect(302, `/sign-in?${query.toString()}`);
  }

  private known(prefix = ''): string {
    if (!this.door.has(prefix)) throw notFound('GitLab');
    return prefix;
  }
}
