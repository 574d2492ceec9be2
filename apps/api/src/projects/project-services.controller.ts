import { Body, Controller, Delete, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiProblems, BODY_PROBLEMS } from '../http/api-problems';
import { IdPipe } from '../http/id.pipe';
import { Actor, CurrentActor } from '../session/actor';
import { CreateService } from './dto/change-project';
import { Project } from './dto/project';
import { ProjectServicesService } from './project-services.service';

/** Services of a project: members that sign in by token only. */
@ApiTags('projects')
@Controller('api/projects/:id/services')
export class ProjectServicesController {
  constructor(private readonly services: ProjectServicesService) {}

  @Post()
  @ApiOperation({ operationId: 'createService', summary: 'Makes a service of the project (owners)' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiCreatedResponse({ type: Project, description: 'The project with its new service.' })
  @ApiProblems(...BODY_PROBLEMS, 404, 409)
  create(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Body() wanted: CreateService,
  ): Promise<Project> {
    return this.services.create(actor, id, wanted);
  }

  @Delete(':userId')
  @ApiOperation({ operationId: 'removeService', summary: 'Removes a service and its tokens (owners)' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiParam({ name: 'userId', format: 'uuid' })
  @ApiOkResponse({ type: Project, description: 'The project as it is now.' })
  @ApiProblems(401, 403, 404)
  remove(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Param('userId', IdPipe) userId: string,
  ): Promise<Project> {
    return this.services.remove(actor, id, userId);
  }
}
