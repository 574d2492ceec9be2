import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
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
import { ListDynamicEntries, SaveDynamicEntry } from './dto/change-dynamic-entry';
import { DynamicEntry, DynamicEntryPage } from './dto/dynamic-entry';
import { DynamicEntriesService } from './dynamic-entries.service';

/** Names whose values programs set. */
@ApiTags('dynamic-entries')
@Controller('api/dynamic-entries')
export class DynamicEntriesController {
  constructor(private readonly entries: DynamicEntriesService) {}

  @Get()
  @ApiOperation({ operationId: 'listDynamicEntries', summary: 'Dynamic entries that you may see, by name' })
  @ApiOkResponse({ type: DynamicEntryPage, description: 'A page of them.' })
  @ApiProblems(400, 401)
  list(@CurrentActor() actor: Actor, @Query() query: ListDynamicEntries): Promise<DynamicEntryPage> {
    return this.entries.list(actor, query);
  }

  @Post()
  @ApiOperation({ operationId: 'createDynamicEntry', summary: 'Makes a dynamic entry (admins)' })
  @ApiCreatedResponse({ type: DynamicEntry, description: 'The entry.' })
  @ApiProblems(...BODY_PROBLEMS, 409)
  create(@CurrentActor() actor: Actor, @Body() given: SaveDynamicEntry): Promise<DynamicEntry> {
    return this.entries.create(actor, given);
  }

  @Get(':id')
  @ApiOperation({ operationId: 'getDynamicEntry', summary: 'A dynamic entry' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: DynamicEntry, description: 'The entry.' })
  @ApiProblems(401, 404)
  get(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string): Promise<DynamicEntry> {
    return this.entries.get(actor, id);
  }

  @Put(':id')
  @ApiOperation({ operationId: 'changeDynamicEntry', summary: 'Changes a dynamic entry (admins)' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: DynamicEntry, description: 'The entry; its values are records of the new template.' })
  @ApiProblems(...BODY_PROBLEMS, 404, 409, 422)
  change(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Body() given: SaveDynamicEntry,
  ): Promise<DynamicEntry> {
    return this.entries.change(actor, id, given);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({
    operationId: 'deleteDynamicEntry',
    summary: 'Removes a dynamic entry, its values and tokens (admins)',
  })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiNoContentResponse({ description: 'Removed.' })
  @ApiProblems(401, 403, 404)
  delete(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string): Promise<void> {
    return this.entries.delete(actor, id);
  }
}
