import { Body, Controller, Delete, Param, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiProblems, BODY_PROBLEMS } from '../http/api-problems';
import { IdPipe } from '../http/id.pipe';
import { Actor, CurrentActor } from '../session/actor';
import { BindGroup, SetMember } from './dto/change-project';
import { Project } from './dto/project';
import { GroupBindingService } from './group-binding.service';
import { MembersService } from './members.service';

/** Who belongs to a project: by hand, or by a GitLab group. */
@ApiTags('projects')
@Controller('api/projects/:id')
export class MembersController {
  constructor(
    private readonly members: MembersService,
    private readonly groups: GroupBindingService,
  ) {}

  @Put('members/:userId')
  @ApiOperation({ operationId: 'setProjectMember', summary: 'Adds a member, or gives one another role (owners)' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiParam({ name: 'userId', format: 'uuid' })
  @ApiOkResponse({ type: Project, description: 'The project as it is now.' })
  @ApiProblems(...BODY_PROBLEMS, 404, 409)
  set(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Param('userId', IdPipe) userId: string,
    @Body() wanted: SetMember,
  ): Promise<Project> {
    return this.members.set(actor, id, userId, wanted);
  }

  @Delete('members/:userId')
  @ApiOperation({ operationId: 'removeProjectMember', summary: 'Removes a member (owners), or leaves the project' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiParam({ name: 'userId', format: 'uuid' })
  @ApiOkResponse({ type: Project, description: 'The project as it is now.' })
  @ApiProblems(401, 403, 404, 409)
  remove(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Param('userId', IdPipe) userId: string,
  ): Promise<Project> {
    return this.members.remove(actor, id, userId);
  }

  @Put('gitlab-group')
  @ApiOperation({
    operationId: 'bindGitlabGroup',
    summary: 'Lets members and roles follow a GitLab group (owners)',
    description:
      "Owners and maintainers of the group become owners, developers operators, reporters and guests viewers. You stay an owner by hand. Needs the manager's reading token for that GitLab.",
  })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: Project, description: 'The project as it is now; the members follow.' })
  @ApiProblems(...BODY_PROBLEMS, 404, 409)
  bind(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string, @Body() wanted: BindGroup): Promise<Project> {
    return this.groups.bind(actor, id, wanted);
  }

  @Delete('gitlab-group')
  @ApiOperation({
    operationId: 'unbindGitlabGroup',
    summary: 'Ends the binding to a GitLab group; those who came by it go (owners)',
  })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: Project, description: 'The project as it is now.' })
  @ApiProblems(401, 403, 404, 409)
  unbind(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string): Promise<Project> {
    return this.groups.unbind(actor, id);
  }
}
