import { Body, Controller, Get, Param, Post, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { AcceptsAction, ApiProblems, BODY_PROBLEMS } from '../http/api-problems';
import { IdPipe } from '../http/id.pipe';
import { Operation } from '../operations/dto/operation';
import { Mark, RequestMark } from '../operations/request-mark';
import { Actor, CurrentActor } from '../session/actor';
import { ContainerKeysService } from './container-keys.service';
import { ContainerDetail } from './dto/container';
import { ContainerKeys, MoveContainer } from './dto/container-keys';
import { MoveContainerService } from './move-container.service';

/** Whose a container is, and whose keys open it. */
@ApiTags('containers')
@Controller('api/containers/:id')
export class ContainerPlaceController {
  constructor(
    private readonly moves: MoveContainerService,
    private readonly keys: ContainerKeysService,
  ) {}

  @Put('project')
  @ApiOperation({ operationId: 'moveContainer', summary: 'Gives a container to another project' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: ContainerDetail, description: 'The container as it is now.' })
  @ApiProblems(...BODY_PROBLEMS, 404)
  move(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Body() wanted: MoveContainer,
  ): Promise<ContainerDetail> {
    return this.moves.move(actor, id, wanted);
  }

  @Get('keys')
  @ApiOperation({ operationId: 'listContainerKeys', summary: 'Which SSH keys open a container, and which do not yet' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: ContainerKeys, description: 'The keys with their states.' })
  @ApiProblems(401, 404)
  listKeys(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string): Promise<ContainerKeys> {
    return this.keys.list(actor, id);
  }

  @Post('keys/redeploy')
  @ApiOperation({ operationId: 'redeployKeys', summary: 'Delivers the SSH keys of the project again' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @AcceptsAction(401, 403, 404, 409)
  redeploy(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Mark() mark: RequestMark,
  ): Promise<Operation> {
    return this.keys.redeploy(actor, id, mark);
  }
}
