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
import { Actor, CurrentActor, SessionOnly } from '../session/actor';
import { CreateEntryToken } from './dto/change-dynamic-entry';
import { CreatedEntryToken, EntryToken } from './dto/dynamic-entry';
import { EntryTokensService } from './entry-tokens.service';

/** The tokens of a dynamic entry, in the hands of those who may set it. */
@ApiTags('dynamic-entries')
@Controller('api/dynamic-entries/:id/tokens')
@SessionOnly()
export class EntryTokensController {
  constructor(private readonly tokens: EntryTokensService) {}

  @Get()
  @ApiOperation({ operationId: 'listEntryTokens', summary: 'The tokens of a dynamic entry' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: [EntryToken], description: 'The newest first; revoked ones are left out.' })
  @ApiProblems(401, 403, 404)
  list(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string): Promise<EntryToken[]> {
    return this.tokens.list(actor, id);
  }

  @Post()
  @ApiOperation({ operationId: 'createEntryToken', summary: 'Makes a token that sets this entry; shown this once' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiCreatedResponse({ type: CreatedEntryToken, description: 'The token.' })
  @ApiProblems(...BODY_PROBLEMS, 404, 409)
  create(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Body() given: CreateEntryToken,
  ): Promise<CreatedEntryToken> {
    return this.tokens.create(actor, id, given);
  }

  @Delete(':tokenId')
  @HttpCode(204)
  @ApiOperation({ operationId: 'revokeEntryToken', summary: 'Revokes a token of a dynamic entry' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiParam({ name: 'tokenId', format: 'uuid' })
  @ApiNoContentResponse({ description: 'Revoked.' })
  @ApiProblems(401, 403, 404)
  revoke(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Param('tokenId', IdPipe) tokenId: string,
  ): Promise<void> {
    return this.tokens.revoke(actor, id, tokenId);
  }
}
