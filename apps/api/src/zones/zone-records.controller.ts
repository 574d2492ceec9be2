import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Controller, Delete, Get, HttpCode, Logger, Param, Query, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { ApiProblems } from '../http/api-problems';
import { IdPipe } from '../http/id.pipe';
import { Actor, CurrentActor } from '../session/actor';
import { ListZoneRecords, NameTrace, TraceName, ZoneRecordPage } from './dto/zone-record';
import { ZoneExportService } from './zone-export.service';
import { ZoneNamePipe } from './zone-name.pipe';
import { ZoneRecordsService } from './zone-records.service';

/** Who takes longer to read an export, in milliseconds, holds up the next one. */
const LONGEST_EXPORT = 60_000;

/** What stands in the zones. */
@ApiTags('zones')
// Not `name`: that is what a trace asks for, and a client's generator has one name for each.
@Controller('api/zones/:zone')
export class ZoneRecordsController {
  private readonly logger = new Logger(ZoneRecordsController.name);

  constructor(
    private readonly records: ZoneRecordsService,
    private readonly exports: ZoneExportService,
  ) {}

  @Get('records')
  @ApiOperation({ operationId: 'listZoneRecords', summary: 'What stands in a zone, and what of it is served' })
  @ApiOkResponse({ type: ZoneRecordPage, description: 'One page, the top of the zone first.' })
  @ApiProblems(400, 401, 403, 404)
  list(
    @CurrentActor() actor: Actor,
    @Param('zone', ZoneNamePipe) zone: string,
    @Query() query: ListZoneRecords,
  ): Promise<ZoneRecordPage> {
    return this.records.list(actor, zone, query);
  }

  @Delete('records/:id')
  @HttpCode(204)
  @ApiOperation({ operationId: 'removeZoneRecord', summary: 'Takes away a record that a dynamic update made' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiNoContentResponse({ description: 'Gone.' })
  @ApiProblems(401, 403, 404)
  remove(
    @CurrentActor() actor: Actor,
    @Param('zone', ZoneNamePipe) zone: string,
    @Param('id', IdPipe) id: string,
  ): Promise<void> {
    return this.records.remove(actor, zone, id);
  }

  @Get('trace')
  @ApiOperation({ operationId: 'traceName', summary: 'Why a name is answered as it is' })
  @ApiOkResponse({ type: NameTrace, description: 'The steps of the lookup, and its answer.' })
  @ApiProblems(400, 401, 403, 404)
  trace(
    @CurrentActor() actor: Actor,
    @Param('zone', ZoneNamePipe) zone: string,
    @Query() asked: TraceName,
  ): Promise<NameTrace> {
    return this.records.trace(actor, zone, asked);
  }

  @Get('export')
  @ApiOperation({ operationId: 'exportZone', summary: 'A zone as text that BIND, NSD and Knot load' })
  @ApiOkResponse({
    description: 'A zone file (RFC 1035 §5).',
    content: { 'text/dns': { schema: { type: 'string' } } },
  })
  @ApiProblems(401, 403, 404)
  async export(
    @CurrentActor() actor: Actor,
    @Param('zone', ZoneNamePipe) zone: string,
    @Res() response: Response,
  ): Promise<void> {
    const texts = this.exports.export(actor, zone);
    try {
      // What fails before the first line can still be told properly.
      const first = await texts.next();
      response.setHeader('Content-Type', 'text/dns; charset=utf-8');
      response.setHeader('Content-Disposition', 'attachment; filename="zone.txt"');
      await this.send(response, first, texts);
    } finally {
      await texts.return(undefined);
    }
  }

  private async send(response: Response, first: IteratorResult<string>, rest: AsyncGenerator<string>): Promise<void> {
    try {
      await pipeline(Readable.from(joined(first, rest)), response, { signal: AbortSignal.timeout(LONGEST_EXPORT) });
    } catch (error) {
      this.logger.warn(`an export broke off: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

async function* joined(first: IteratorResult<string>, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  if (first.done === true) return;
  yield first.value;
  yield* rest;
}
