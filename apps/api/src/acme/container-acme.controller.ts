import { Controller, Param, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { DynamicEntry } from '../dynamic-entries/dto/dynamic-entry';
import { entryOf } from '../dynamic-entries/entry-mapping';
import { ApiProblems } from '../http/api-problems';
import { IdPipe } from '../http/id.pipe';
import { Actor, CurrentActor } from '../session/actor';
import { AcmeEntriesService } from './acme-entries.service';

/** A container's own entry for certificates. */
@ApiTags('dynamic-entries')
@Controller('api/containers/:id/acme-entry')
export class ContainerAcmeController {
  constructor(private readonly entries: AcmeEntriesService) {}

  @Put()
  @ApiOperation({ operationId: 'ensureAcmeEntry', summary: "A container's own entry, made if it has none yet" })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: DynamicEntry, description: 'The entry of _acme-challenge below its name.' })
  @ApiProblems(401, 403, 404, 409)
  async ensure(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string): Promise<DynamicEntry> {
    return entryOf(await this.entries.ofContainer(actor, id), false);
  }
}
