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
import {
  ChangeStaticEntry,
  CheckedText,
  CheckStaticEntry,
  CreateStaticEntry,
  ListedStaticEntry,
  ListStaticEntries,
  StaticEntry,
} from './dto/static-entry';
import { StaticEntriesService } from './static-entries.service';

/** Records that admins write as zone-file text. */
@ApiTags('zones')
@Controller('api/static-entries')
export class StaticEntriesController {
  constructor(private readonly entries: StaticEntriesService) {}

  @Get()
  @ApiOperation({ operationId: 'listStaticEntries', summary: 'Static entries without their texts, for admins' })
  @ApiOkResponse({ type: [ListedStaticEntry], description: 'By title.' })
  @ApiProblems(400, 401, 403)
  list(@CurrentActor() actor: Actor, @Query() { zone }: ListStaticEntries): Promise<ListedStaticEntry[]> {
    return this.entries.list(actor, zone);
  }

  @Get(':id')
  @ApiOperation({ operationId: 'getStaticEntry', summary: 'One static entry, for admins' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: StaticEntry, description: 'The entry.' })
  @ApiProblems(401, 403, 404)
  get(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string): Promise<StaticEntry> {
    return this.entries.get(actor, id);
  }

  @Post('check')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'checkStaticEntry',
    summary: 'What a text says and what is wrong with it; saves nothing',
  })
  @ApiOkResponse({ type: CheckedText, description: 'Problems with their places, and the records.' })
  @ApiProblems(...BODY_PROBLEMS, 404)
  check(@CurrentActor() actor: Actor, @Body() given: CheckStaticEntry): Promise<CheckedText> {
    return this.entries.check(actor, given);
  }

  @Post()
  @ApiOperation({ operationId: 'createStaticEntry', summary: 'Saves a new entry; it is served at once' })
  @ApiCreatedResponse({ type: StaticEntry, description: 'The entry.' })
  @ApiProblems(...BODY_PROBLEMS, 422)
  create(@CurrentActor() actor: Actor, @Body() given: CreateStaticEntry): Promise<StaticEntry> {
    return this.entries.create(actor, given);
  }

  @Put(':id')
  @ApiOperation({ operationId: 'changeStaticEntry', summary: 'Saves another text; it is served at once' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: StaticEntry, description: 'The entry as it is now.' })
  @ApiProblems(...BODY_PROBLEMS, 404, 409, 422)
  change(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Body() given: ChangeStaticEntry,
  ): Promise<StaticEntry> {
    return this.entries.change(actor, id, given);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ operationId: 'removeStaticEntry', summary: 'Takes an entry out of the zone' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiNoContentResponse({ description: 'Gone.' })
  @ApiProblems(401, 403, 404)
  remove(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string): Promise<void> {
    return this.entries.remove(actor, id);
  }
}
