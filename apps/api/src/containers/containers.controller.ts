import { Body, Controller, Delete, Get, Param, Post, Put, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { AcceptsAction, ApiProblems, BODY_PROBLEMS } from '../http/api-problems';
import { IdPipe } from '../http/id.pipe';
import { Operation } from '../operations/dto/operation';
import { Mark, RequestMark } from '../operations/request-mark';
import { Actor, CurrentActor } from '../session/actor';
import { ContainerDetailService } from './container-detail.service';
import { ContainerListService } from './container-list.service';
import { ContainersService } from './containers.service';
import { CreateContainerService } from './create-container.service';
import { ChangeContainerState, CreateContainer, DeleteContainer } from './dto/change-container';
import { ContainerDetail, ContainerPage } from './dto/container';
import { ListContainers } from './dto/list-containers';

/** Containers. */
@ApiTags('containers')
@Controller('api/containers')
export class ContainersController {
  constructor(
    private readonly lists: ContainerListService,
    private readonly details: ContainerDetailService,
    private readonly creation: CreateContainerService,
    private readonly containers: ContainersService,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'listContainers', summary: 'The containers that you may see' })
  @ApiOkResponse({ type: ContainerPage, description: 'A page of containers.' })
  @ApiProblems(400, 401)
  list(@CurrentActor() actor: Actor, @Query() query: ListContainers): Promise<ContainerPage> {
    return this.lists.list(actor, query);
  }

  @Get(':id')
  @ApiOperation({ operationId: 'getContainer', summary: 'One container with everything that is known of it' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: ContainerDetail, description: 'The container.' })
  @ApiProblems(401, 404)
  get(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string): Promise<ContainerDetail> {
    return this.details.get(actor, id);
  }

  @Post()
  @ApiOperation({ operationId: 'createContainer', summary: 'Creates a container' })
  @AcceptsAction(...BODY_PROBLEMS, 409)
  create(@CurrentActor() actor: Actor, @Body() wanted: CreateContainer, @Mark() mark: RequestMark): Promise<Operation> {
    return this.creation.create(actor, wanted, mark);
  }

  @Put(':id/state')
  @ApiOperation({ operationId: 'changeContainerState', summary: 'Starts, stops or restarts a container' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @AcceptsAction(...BODY_PROBLEMS, 404, 409)
  changeState(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Body() given: ChangeContainerState,
    @Mark() mark: RequestMark,
  ): Promise<Operation> {
    return this.containers.changeState(actor, id, given, mark);
  }

  @Delete(':id')
  @ApiOperation({ operationId: 'deleteContainer', summary: 'Deletes a container; a running one is stopped first' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @AcceptsAction(400, 401, 403, 404, 409)
  delete(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Query() how: DeleteContainer,
    @Mark() mark: RequestMark,
  ): Promise<Operation> {
    return this.containers.delete(actor, id, how, mark);
  }
}
