import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '../http/api-problems';
import { Actor, CurrentActor } from '../session/actor';
import { Zone } from './dto/zone';
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
}
