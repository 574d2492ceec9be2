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
import { CreatedToken, Token } from '../profile/dto/token';
import { Actor, CurrentActor, SessionOnly } from '../session/actor';
import { CreateServiceToken } from './dto/change-project';
import { ServiceTokensService } from './service-tokens.service';

/** The tokens of a project's services; a token cannot make another one, so that one that was lost dies with its revocation. */
@ApiTags('projects')
@Controller('api/projects/:id/services/:userId/tokens')
@SessionOnly()
export class ServiceTokensController {
  constructor(private readonly tokens: ServiceTokensService) {}

  @Get()
  @ApiOperation({ operationId: 'listServiceTokens', summary: 'The tokens of a service (owners)' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiParam({ name: 'userId', format: 'uuid' })
  @ApiOkResponse({ type: [Token], description: 'The newest first; revoked ones are left out.' })
  @ApiProblems(401, 403, 404)
  list(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Param('userId', IdPipe) userId: string,
  ): Promise<Token[]> {
    return this.tokens.list(actor, id, userId);
  }

  @Post()
  @ApiOperation({ operationId: 'createServiceToken', summary: 'Makes a token of a service; shown this once (owners)' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiParam({ name: 'userId', format: 'uuid' })
  @ApiCreatedResponse({ type: CreatedToken, description: 'The token.' })
  @ApiProblems(...BODY_PROBLEMS, 404, 409)
  create(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Param('userId', IdPipe) userId: string,
    @Body() given: CreateServiceToken,
  ): Promise<CreatedToken> {
    return this.tokens.create(actor, id, userId, given);
  }

  @Delete(':tokenId')
  @HttpCode(204)
  @ApiOperation({
    operationId: 'revokeServiceToken',
    summary: 'Revokes a token of a service; its streams end (owners)',
  })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiParam({ name: 'userId', format: 'uuid' })
  @ApiParam({ name: 'tokenId', format: 'uuid' })
  @ApiNoContentResponse({ description: 'Revoked.' })
  @ApiProblems(401, 403, 404)
  revoke(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Param('userId', IdPipe) userId: string,
    @Param('tokenId', IdPipe) tokenId: string,
  ): Promise<void> {
    return this.tokens.revoke(actor, id, userId, tokenId);
  }
}
