import { Body, Controller, Delete, Param, Post, Put } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiProblems, BODY_PROBLEMS } from '../http/api-problems';
import { IdPipe } from '../http/id.pipe';
import { CurrentCaller, EntryCaller, EntryDoor } from '../session/actor';
import { EntryValue, SetEntryValues } from './dto/change-dynamic-entry';
import { DynamicEntry } from './dto/dynamic-entry';
import { EntryValuesService } from './entry-values.service';

/** The values of dynamic entries, at the path at which hooks have always set them, with or without its final slash. */
@ApiTags('dynamic-entries')
@Controller('api/dynamicentry/:id')
@EntryDoor()
export class EntryValuesController {
  constructor(private readonly values: EntryValuesService) {}

  @Put()
  @ApiOperation({ operationId: 'setEntryValues', summary: 'Sets what an entry says, in place of all that it said' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: DynamicEntry, description: 'The entry as it is now.' })
  @ApiProblems(...BODY_PROBLEMS, 404, 409, 422, 429)
  set(
    @CurrentCaller() caller: EntryCaller,
    @Param('id', IdPipe) id: string,
    @Body() given: SetEntryValues,
  ): Promise<DynamicEntry> {
    return this.values.set(caller, id, given);
  }

  @Post('values')
  @ApiOperation({ operationId: 'addEntryValue', summary: 'Adds a value beside the others' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiCreatedResponse({ type: DynamicEntry, description: 'The entry as it is now.' })
  @ApiProblems(...BODY_PROBLEMS, 404, 409, 422, 429)
  add(
    @CurrentCaller() caller: EntryCaller,
    @Param('id', IdPipe) id: string,
    @Body() given: EntryValue,
  ): Promise<DynamicEntry> {
    return this.values.add(caller, id, given);
  }

  @Delete('values/:valueId')
  @ApiOperation({ operationId: 'removeEntryValue', summary: 'Removes a value' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiParam({ name: 'valueId', format: 'uuid' })
  @ApiOkResponse({ type: DynamicEntry, description: 'The entry as it is now.' })
  @ApiProblems(401, 403, 404, 429)
  remove(
    @CurrentCaller() caller: EntryCaller,
    @Param('id', IdPipe) id: string,
    @Param('valueId', IdPipe) valueId: string,
  ): Promise<DynamicEntry> {
    return this.values.remove(caller, id, valueId);
  }
}
