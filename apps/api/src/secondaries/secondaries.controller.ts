import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
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
import { AddSecondary, Secondary } from './dto/secondary';
import { SecondariesService } from './secondaries.service';

/** Servers that follow our zones. */
@ApiTags('zones')
@Controller('api/secondaries')
export class SecondariesController {
  constructor(private readonly secondaries: SecondariesService) {}

  @Get()
  @ApiOperation({ operationId: 'listSecondaries', summary: 'Secondaries and how far they are, for admins' })
  @ApiOkResponse({ type: [Secondary], description: 'By name.' })
  @ApiProblems(401, 403)
  list(@CurrentActor() actor: Actor): Promise<Secondary[]> {
    return this.secondaries.list(actor);
  }

  @Post()
  @ApiOperation({ operationId: 'addSecondary', summary: 'Tells one more server of changes; it may transfer the zones' })
  @ApiCreatedResponse({ type: Secondary, description: 'The secondary.' })
  @ApiProblems(...BODY_PROBLEMS, 409)
  add(@CurrentActor() actor: Actor, @Body() given: AddSecondary): Promise<Secondary> {
    return this.secondaries.add(actor, given);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ operationId: 'removeSecondary', summary: 'Tells a server nothing more' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiNoContentResponse({ description: 'Gone.' })
  @ApiProblems(401, 403, 404)
  remove(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string): Promise<void> {
    return this.secondaries.remove(actor, id);
  }
}
