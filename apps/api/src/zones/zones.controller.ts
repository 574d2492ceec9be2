import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems, BODY_PROBLEMS } from '../http/api-problems';
import { Actor, CurrentActor } from '../session/actor';
import { AddZone } from './dto/add-zone';
import { Zone } from './dto/zone';
import { ZoneNamePipe } from './zone-name.pipe';
import { ZonesService } from './zones.service';

/** The zones that the name server is the authority for. */
@ApiTags('zones')
@Controller('api/zones')
export class ZonesController {
  constructor(private readonly zones: ZonesService) {}

  @Get()
  @ApiOperation({ operationId: 'listZones', summary: 'The zones, for admins' })
  @ApiOkResponse({ type: [Zone], description: 'That of the containers first.' })
  @ApiProblems(401, 403)
  list(@CurrentActor() actor: Actor): Promise<Zone[]> {
    return this.zones.list(actor);
  }

  @Post()
  @ApiOperation({ operationId: 'addZone', summary: 'Serves the names of one more subnet’s addresses' })
  @ApiCreatedResponse({ type: Zone, description: 'The zone.' })
  @ApiProblems(...BODY_PROBLEMS, 409)
  add(@CurrentActor() actor: Actor, @Body() given: AddZone): Promise<Zone> {
    return this.zones.add(actor, given);
  }

  @Delete(':name')
  @HttpCode(204)
  @ApiOperation({ operationId: 'removeZone', summary: 'Serves a reverse zone, and what stands in it, no more' })
  @ApiNoContentResponse({ description: 'Gone.' })
  @ApiProblems(401, 403, 404, 409)
  remove(@CurrentActor() actor: Actor, @Param('name', ZoneNamePipe) name: string): Promise<void> {
    return this.zones.remove(actor, name);
  }
}
