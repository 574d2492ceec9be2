import { Body, Controller, Delete, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { ApiProblems, BODY_PROBLEMS } from '../http/api-problems';
import { CurrentSession, Public, SessionActor, SessionOnly, WaitingToo } from './actor';
import { Session } from './dto/session';
import { SignIn } from './dto/sign-in';
import { StartSudo } from './dto/start-sudo';
import { clearSessionCookies, setCsrfCookie, setSessionCookies } from './session-cookies';
import { SessionReader } from './session-reader';
import { SessionService } from './session.service';
import { signInSourceOf } from './sign-in-source';
import { SudoService } from './sudo.service';

/** Signing in and out, and acting as an admin. */
@ApiTags('sessions')
@Controller('api/session')
@SessionOnly()
export class SessionController {
  constructor(
    private readonly sessions: SessionService,
    private readonly sudo: SudoService,
    private readonly reader: SessionReader,
  ) {}

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
    const opened = await this.sessions.signIn(given, signInSourceOf(request));
    const session = await this.reader.read({ ...opened, sessionId: opened.id });
    setSessionCookies(response, opened.token, session.csrfToken, opened.expiresAt);
    return session;
  }

  @Get()
  @WaitingToo()
  @ApiOperation({ operationId: 'getSession', summary: 'Who is signed in' })
  @ApiOkResponse({ type: Session, description: 'The live session.' })
  @ApiProblems(401, 403)
  async read(@CurrentSession() actor: SessionActor, @Res({ passthrough: true }) response: Response): Promise<Session> {
    const session = await this.reader.read(actor);
    setCsrfCookie(response, session.csrfToken, actor.expiresAt);
    return session;
  }

  @Delete()
  @WaitingToo()
  @HttpCode(204)
  @ApiOperation({ operationId: 'signOut', summary: 'Signs out; the token is worth nothing afterwards' })
  @ApiNoContentResponse({ description: 'Signed out.' })
  @ApiProblems(401, 403)
  async signOut(@CurrentSession() actor: SessionActor, @Res({ passthrough: true }) response: Response): Promise<void> {
    await this.sessions.signOut(actor);
    clearSessionCookies(response);
  }

  @Post('sudo')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'startSudo',
    summary: 'Turns sudo on for 15 minutes, for admins',
    description:
      'Who has no password opens the path of /api/sign-in-options with `sudo=1` instead. A wrong password is 403 `bad-credentials`.',
  })
  @ApiOkResponse({ type: Session, description: 'Sudo is on.' })
  @ApiProblems(...BODY_PROBLEMS, 429)
  async startSudo(@CurrentSession() actor: SessionActor, @Body() given: StartSudo): Promise<Session> {
    await this.sudo.byPassword(actor, given.password ?? '');
    return this.reader.read(actor);
  }

  @Delete('sudo')
  @HttpCode(200)
  @ApiOperation({ operationId: 'endSudo', summary: 'Turns sudo off' })
  @ApiOkResponse({ type: Session, description: 'Sudo is off.' })
  @ApiProblems(401, 403)
  async endSudo(@CurrentSession() actor: SessionActor): Promise<Session> {
    await this.sudo.end(actor);
    return this.reader.read(actor);
  }
}
