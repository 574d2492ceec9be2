import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import { ApiProblems, BODY_PROBLEMS } from '../http/api-problems';
import { IdPipe } from '../http/id.pipe';
import { Actor, CurrentActor } from '../session/actor';
import { ChangeProject, CreateProject } from './dto/change-project';
import { Project } from './dto/project';
import { ProjectsService } from './projects.service';

/** Teams. */
@ApiTags('projects')
@Controller('api/projects')
export class ProjectsController {
  constructor(private readonly projects: ProjectsService) {}

  @Get()
  @ApiOperation({ operationId: 'listProjects', summary: 'Your projects; for an admin, all' })
  @ApiOkResponse({ type: [Project], description: 'By name.' })
  @ApiProblems(401)
  list(@CurrentActor() actor: Actor): Promise<Project[]> {
    return this.projects.list(actor);
  }

  @Get(':id')
  @ApiOperation({ operationId: 'getProject', summary: 'One project' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: Project, description: 'The project with its members.' })
  @ApiProblems(401, 404)
  get(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string): Promise<Project> {
    return this.projects.get(actor, id);
  }

  @Post()
  @ApiOperation({ operationId: 'createProject', summary: 'Makes a project whose owner you are' })
  @ApiCreatedResponse({ type: Project, description: 'The new project.' })
  @ApiProblems(...BODY_PROBLEMS, 409)
  create(@CurrentActor() actor: Actor, @Body() wanted: CreateProject): Promise<Project> {
    return this.projects.create(actor, wanted);
  }

  @Patch(':id')
  @ApiOperation({ operationId: 'changeProject', summary: 'Gives a project another name or description (owners)' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: Project, description: 'The project as it is now.' })
  @ApiProblems(...BODY_PROBLEMS, 404, 409)
  change(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Body() wanted: ChangeProject,
  ): Promise<Project> {
    return this.projects.rename(actor, id, wanted);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ operationId: 'deleteProject', summary: 'Deletes a project that has no containers (owners)' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiNoContentResponse({ description: 'Deleted, with its services.' })
  @ApiProblems(401, 403, 404, 409)
  delete(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string): Promise<void> {
    return this.projects.delete(actor, id);
  }
}
