import { Body, Controller, Delete, Get, HttpCode, Param, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiProblems, BODY_PROBLEMS } from '../http/api-problems';
import { IdPipe } from '../http/id.pipe';
import { CurrentSession, SessionActor, SessionOnly } from '../session/actor';
import { ChangePassword } from './dto/change-password';
import { GitlabLink } from './dto/gitlab-link';
import { OwnSession } from './dto/own-session';
import { GitlabLinkService } from './gitlab-link.service';
import { OwnSessionsService } from './own-sessions.service';
import { PasswordService } from './password.service';

/** By what the actor comes in: sessions, password, GitLab. No token reaches it. */
@ApiTags('profile')
@Controller('api/profile')
@SessionOnly()
export class AccountController {
  constructor(
    private readonly sessions: OwnSessionsService,
    private readonly passwords: PasswordService,
    private readonly gitlab: GitlabLinkService,
  ) {}

  @Get('sessions')
  @ApiOperation({ operationId: 'listSessions', summary: 'Where you are signed in' })
  @ApiOkResponse({ type: [OwnSession], description: 'The newest first.' })
  @ApiProblems(401, 403)
  list(@CurrentSession() actor: SessionActor): Promise<OwnSession[]> {
    return this.sessions.list(actor);
  }

  @Delete('sessions/:id')
  @HttpCode(204)
  @ApiOperation({ operationId: 'endSession', summary: 'Signs out elsewhere; the streams of that session end' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiNoContentResponse({ description: 'Ended.' })
  @ApiProblems(401, 403, 404)
  end(@CurrentSession() actor: SessionActor, @Param('id', IdPipe) id: string): Promise<void> {
    return this.sessions.end(actor, id);
  }

  @Put('password')
  @HttpCode(204)
  @ApiOperation({
    operationId: 'changePassword',
    summary: 'Sets your password; your other sessions end, your tokens go on',
    description:
      'A wrong present password is 403 `bad-credentials`. A first password is set within 15 minutes after a sign-in, else 403 `needs-fresh-sign-in`.',
  })
  @ApiNoContentResponse({ description: 'Set.' })
  @ApiProblems(...BODY_PROBLEMS, 429)
  changePassword(@CurrentSession() actor: SessionActor, @Body() given: ChangePassword): Promise<void> {
    return this.passwords.change(actor, given);
  }

  @Get('gitlab')
  @ApiOperation({ operationId: 'getGitlabLink', summary: 'Your GitLab account' })
  @ApiOkResponse({ type: GitlabLink, description: 'The account.' })
  @ApiProblems(401, 403, 404)
  readGitlab(@CurrentSession() actor: SessionActor): Promise<GitlabLink> {
    return this.gitlab.read(actor);
  }

  @Delete('gitlab')
  @HttpCode(204)
  @ApiOperation({
    operationId: 'removeGitlabLink',
    summary: 'Unlinks your GitLab account; its SSH keys leave your containers',
    description: 'For admins with a password only: for everybody else GitLab vouches.',
  })
  @ApiNoContentResponse({ description: 'Unlinked.' })
  @ApiProblems(401, 403, 404, 409)
  removeGitlab(@CurrentSession() actor: SessionActor): Promise<void> {
    return this.gitlab.remove(actor);
  }
}
