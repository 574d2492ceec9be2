import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
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
import { ChangeTsigKey, CreatedTsigKey, CreateTsigKey, TsigKey } from './dto/tsig-key';
import { TsigKeysService } from './tsig-keys.service';

/** Secrets shared with clients of the name server (RFC 8945). */
@ApiTags('zones')
@Controller('api/tsig-keys')
export class TsigKeysController {
  constructor(private readonly keys: TsigKeysService) {}

  @Get()
  @ApiOperation({ operationId: 'listTsigKeys', summary: 'TSIG keys, without their secrets; for admins' })
  @ApiOkResponse({ type: [TsigKey], description: 'By name.' })
  @ApiProblems(401, 403)
  list(@CurrentActor() actor: Actor): Promise<TsigKey[]> {
    return this.keys.list(actor);
  }

  @Post()
  @ApiOperation({ operationId: 'createTsigKey', summary: 'Makes a key; its secret is in this answer only' })
  @ApiCreatedResponse({ type: CreatedTsigKey, description: 'The key.' })
  @ApiProblems(...BODY_PROBLEMS, 409)
  create(@CurrentActor() actor: Actor, @Body() given: CreateTsigKey): Promise<CreatedTsigKey> {
    return this.keys.create(actor, given);
  }

  @Put(':id')
  @ApiOperation({ operationId: 'changeTsigKey', summary: 'Says what a key opens; what is left out, it does not' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: TsigKey, description: 'The key as it is now.' })
  @ApiProblems(...BODY_PROBLEMS, 404)
  change(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Body() given: ChangeTsigKey,
  ): Promise<TsigKey> {
    return this.keys.change(actor, id, given);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ operationId: 'removeTsigKey', summary: 'Removes a key; what was updated with it stays' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiNoContentResponse({ description: 'Gone.' })
  @ApiProblems(401, 403, 404, 409)
  remove(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string): Promise<void> {
    return this.keys.remove(actor, id);
  }
}
