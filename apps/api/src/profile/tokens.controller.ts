import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import { Refusal } from '../audit/refusal';
import { ApiProblems, BODY_PROBLEMS } from '../http/api-problems';
import { IdPipe } from '../http/id.pipe';
import { Actor, CurrentActor, SessionOnly } from '../session/actor';
import { CreatedToken, CreateToken, Token } from './dto/token';
import { mayOnProfile } from './profile.policy';
import { TokenOwner, TokensService } from './tokens.service';

/** The actor's own tokens; a token cannot make another one, so that one that was lost dies with its revocation. */
@ApiTags('profile')
@Controller('api/profile/tokens')
@SessionOnly()
export class TokensController {
  constructor(private readonly tokens: TokensService) {}

  @Get()
  @ApiOperation({ operationId: 'listTokens', summary: 'Your tokens' })
  @ApiOkResponse({ type: [Token], description: 'The newest first; revoked ones are left out.' })
  @ApiProblems(401, 403)
  list(@CurrentActor() actor: Actor): Promise<Token[]> {
    return this.tokens.list(actor.userId);
  }

  @Post()
  @ApiOperation({ operationId: 'createToken', summary: 'Makes a token; its secret is in this answer only' })
  @ApiCreatedResponse({ type: CreatedToken, description: 'The token.' })
  @ApiProblems(...BODY_PROBLEMS, 409)
  create(@CurrentActor() actor: Actor, @Body() given: CreateToken): Promise<CreatedToken> {
    if (given.scope === 'admin' && !mayOnProfile(actor, 'make-admin-token'))
      throw new Refusal('A token that acts as an admin is made by an admin, under sudo.', {
        action: 'token.create',
        target: { kind: 'token', id: null, name: given.name },
        detail: { of: actor.username, scope: given.scope },
      });
    return this.tokens.create(actor, ownerOf(actor), given);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ operationId: 'revokeToken', summary: 'Revokes a token; its streams end' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiNoContentResponse({ description: 'Revoked.' })
  @ApiProblems(401, 403, 404)
  revoke(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string): Promise<void> {
    return this.tokens.revoke(actor, ownerOf(actor), id);
  }
}

function ownerOf(actor: Actor): TokenOwner {
  return { id: actor.userId, username: actor.username, projectId: null };
}
