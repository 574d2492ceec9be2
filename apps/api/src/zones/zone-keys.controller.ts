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
import { RemoveZoneKeyQuery, SetDnssec, SetZoneKeyState, ZoneKey } from './dto/zone-key';
import { Zone } from './dto/zone';
import { ZoneNamePipe } from './zone-name.pipe';
import { ZoneKeysService } from './zone-keys.service';

/** DNSSEC of a zone, and the keys that sign it. */
@ApiTags('zones')
@Controller('api/zones/:name')
export class ZoneKeysController {
  constructor(private readonly keys: ZoneKeysService) {}

  @Put('dnssec')
  @ApiOperation({ operationId: 'setDnssec', summary: 'Signs a zone, or does so no more' })
  @ApiOkResponse({ type: Zone, description: 'The zone, with the DS records for its parent.' })
  @ApiProblems(...BODY_PROBLEMS, 404, 409)
  turn(
    @CurrentActor() actor: Actor,
    @Param('name', ZoneNamePipe) name: string,
    @Body() given: SetDnssec,
  ): Promise<Zone> {
    return this.keys.turn(actor, name, given);
  }

  @Get('keys')
  @ApiOperation({ operationId: 'listZoneKeys', summary: 'The keys of a zone, for admins' })
  @ApiOkResponse({ type: [ZoneKey], description: 'The oldest first.' })
  @ApiProblems(401, 403, 404)
  list(@CurrentActor() actor: Actor, @Param('name', ZoneNamePipe) name: string): Promise<ZoneKey[]> {
    return this.keys.list(actor, name);
  }

  @Post('keys')
  @ApiOperation({ operationId: 'addZoneKey', summary: 'Makes a key that stands by: the first step of a rollover' })
  @ApiCreatedResponse({ type: ZoneKey, description: 'The key.' })
  @ApiProblems(401, 403, 404, 409)
  add(@CurrentActor() actor: Actor, @Param('name', ZoneNamePipe) name: string): Promise<ZoneKey> {
    return this.keys.add(actor, name);
  }

  @Put('keys/:id')
  @ApiOperation({ operationId: 'activateZoneKey', summary: 'Signs with this key; the one before retires' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: ZoneKey, description: 'The key.' })
  @ApiProblems(...BODY_PROBLEMS, 404, 409)
  activate(
    @CurrentActor() actor: Actor,
    @Param('name', ZoneNamePipe) name: string,
    @Param('id', IdPipe) id: string,
    @Body() given: SetZoneKeyState,
  ): Promise<ZoneKey> {
    return this.keys.activate(actor, name, id, given);
  }

  @Delete('keys/:id')
  @HttpCode(204)
  @ApiOperation({ operationId: 'removeZoneKey', summary: 'Removes a key that signs nothing any more' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiNoContentResponse({ description: 'Gone.' })
  @ApiProblems(400, 401, 403, 404, 409)
  remove(
    @CurrentActor() actor: Actor,
    @Param('name', ZoneNamePipe) name: string,
    @Param('id', IdPipe) id: string,
    @Query() { force }: RemoveZoneKeyQuery,
  ): Promise<void> {
    return this.keys.remove(actor, name, id, force === 'true');
  }
}
