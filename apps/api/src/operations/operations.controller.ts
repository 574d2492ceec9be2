import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '../http/api-problems';
import { IdPipe } from '../http/id.pipe';
import { Actor, CurrentActor } from '../session/actor';
import { ListOperations } from './dto/list-operations';
import { Operation, OperationPage } from './dto/operation';
import { OperationsService } from './operations.service';

/** The records of what users asked for. */
@ApiTags('operations')
@Controller('api/operations')
export class OperationsController {
  constructor(private readonly operations: OperationsService) {}

  @Get()
  @ApiOperation({ operationId: 'listOperations', summary: 'Operations that you may see, newest first' })
  @ApiOkResponse({ type: OperationPage, description: 'A page of operations.' })
  @ApiProblems(400, 401)
  list(@CurrentActor() actor: Actor, @Query() query: ListOperations): Promise<OperationPage> {
    return this.operations.list(actor, query);
  }

  @Get(':id')
  @ApiOperation({ operationId: 'getOperation', summary: 'One operation' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: Operation, description: 'The operation with its steps.' })
  @ApiProblems(401, 404)
  get(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string): Promise<Operation> {
    return this.operations.get(actor, id);
  }
}
