import { Body, Controller, Delete, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { ApiProblems } from '../http/api-problems';
import { Actor, CurrentActor, Public } from './actor';
import { Session } from './dto/session';
import { SignIn } from './dto/sign-in';
import { clearSessionCookies, sessionTokenOf, setCsrfCookie, setSessionCookies } from './session-cookies';
import { SessionService } from './session.service';

/** Signing in and out. */
@ApiTags('sessions')
@Controller('api/session')
export class SessionController {
  constructor(private readonly sessions: SessionService) {}

  @Post()
  @Public()
  @HttpCode(200)
  @ApiOperation({ operationId: 'signIn', summary: 'Signs in with a name and a password' })
  @ApiOkResponse({ type: Session, description: 'Signed in; the session is in a cookie that scripts cannot read.' })
  @ApiProblems(400, 401, 403, 413, 415, 429)
  async signIn(
    @Body() given: SignIn,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Session> {
    const from = {
      address: request.ip ?? '',
      userAgent: request.headers['user-agent'] ?? '',
      oldToken: sessionTokenOf(request),
    };
    const { token, session, expiresAt } = await this.sessions.signIn(given, from);
    setSessionCookies(response, token, session.csrfToken, expiresAt);
    return session;
  }

  @Get()
  @ApiOperation({ operationId: 'getSession', summary: 'Who is signed in' })
  @ApiOkResponse({ type: Session, description: 'The live session.' })
  @ApiProblems(401)
  read(@CurrentActor() actor: Actor, @Res({ passthrough: true }) response: Response): Session {
    const session = this.sessions.describe(actor);
    setCsrfCookie(response, session.csrfToken, actor.expiresAt);
    return session;
  }

  @Delete()
  @HttpCode(204)
  @ApiOperation({ operationId: 'signOut', summary: 'Signs out; the token is worth nothing afterwards' })
  @ApiNoContentResponse({ description: 'Signed out.' })
  @ApiProblems(401, 403)
  async signOut(@CurrentActor() actor: Actor, @Res({ passthrough: true }) response: Response): Promise<void> {
    await this.sessions.signOut(actor);
    clearSessionCookies(response);
  }
}
