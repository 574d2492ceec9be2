import { Body, Controller, Headers, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBody, ApiHeader, ApiNoContentResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '../http/api-problems';
import { Public } from '../session/actor';
import { GitlabHooksService } from './gitlab-hooks.service';

const SECRET = { name: 'X-Gitlab-Token', required: true, description: 'The secret of the hook.' };
const ANYTHING = { schema: { type: 'object', additionalProperties: true } };

/** Where GitLab's system hooks and group hooks are sent. */
@ApiTags('gitlab')
@Controller('api/gitlab/hooks')
export class GitlabHooksController {
  constructor(private readonly hooks: GitlabHooksService) {}

  @Post()
  @Public()
  @HttpCode(204)
  @ApiOperation({ operationId: 'receiveGitlabHook', summary: 'Something may be different in GitLab: look soon' })
  @ApiHeader(SECRET)
  @ApiBody(ANYTHING)
  @ApiNoContentResponse({ description: 'Heard; GitLab will be asked.' })
  @ApiProblems(400, 401, 404, 413, 415)
  receive(@Headers('x-gitlab-token') secret: string | undefined, @Body() body: unknown): Promise<void> {
    return this.hooks.receive('', secret, body);
  }

  @Post(':prefix')
  @Public()
  @HttpCode(204)
  @ApiOperation({ operationId: 'receiveOtherGitlabHook', summary: 'The same for a further GitLab' })
  @ApiParam({ name: 'prefix', description: 'The name that GITLAB_URL gives it.' })
  @ApiHeader(SECRET)
  @ApiBody(ANYTHING)
  @ApiNoContentResponse({ description: 'Heard; GitLab will be asked.' })
  @ApiProblems(400, 401, 404, 413, 415)
  receiveOther(
    @Param('prefix') prefix: string,
    @Headers('x-gitlab-token') secret: string | undefined,
    @Body() body: unknown,
  ): Promise<void> {
    return this.hooks.receive(prefix, secret, body);
  }
}
