import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Controller, Get, Logger, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { ApiProblems } from '../http/api-problems';
import { Actor, CurrentActor } from '../session/actor';
import { CSV_HEAD, csvLineOf } from './audit-csv';
import { AuditLog } from './audit-log.service';
import { AuditEntry, AuditPage } from './dto/audit-entry';
import { ExportAudit, ListAudit } from './dto/list-audit';

/** Who did what. */
@ApiTags('audit')
@Controller('api/audit')
export class AuditController {
  private readonly logger = new Logger(AuditController.name);

  constructor(private readonly log: AuditLog) {}

  @Get()
  @ApiOperation({ operationId: 'listAudit', summary: 'What was done in your projects and by you, newest first' })
  @ApiOkResponse({ type: AuditPage, description: 'Entries.' })
  @ApiProblems(400, 401)
  list(@CurrentActor() actor: Actor, @Query() query: ListAudit): Promise<AuditPage> {
    return this.log.list(actor, query);
  }

  @Get('export')
  @ApiOperation({ operationId: 'exportAudit', summary: 'The same as a file, at most 100,000 entries' })
  @ApiOkResponse({
    description: 'The file.',
    content: {
      'text/csv': { schema: { type: 'string' } },
      'application/json': { schema: { type: 'array', items: { $ref: '#/components/schemas/AuditEntry' } } },
    },
  })
  @ApiProblems(400, 401)
  async export(
    @CurrentActor() actor: Actor,
    @Query() { format, ...filter }: ExportAudit,
    @Res() response: Response,
  ): Promise<void> {
    const batches = this.log.export(actor, filter);
    // The first batch is read before anything is sent: what fails until then can still be told properly.
    const first = await batches.next();
    const day = new Date().toISOString().slice(0, 10);
    response.setHeader('Content-Disposition', `attachment; filename="audit-${day}.${format}"`);
    response.setHeader(
      'Content-Type',
      format === 'csv' ? 'text/csv; charset=utf-8; header=present' : 'application/json',
    );
    try {
      // A slow reader makes the next batch wait in the database, not here.
      await pipeline(Readable.from(format === 'csv' ? csvOf(first, batches) : jsonOf(first, batches)), response);
    } catch (error) {
      // Half a file must not look like a whole one: the pipeline has cut the connection.
      this.logger.warn(`an export broke off: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

type Batches = AsyncGenerator<AuditEntry[]>;
type Batch = IteratorResult<AuditEntry[], unknown>;

async function* csvOf(first: Batch, rest: Batches): AsyncGenerator<string> {
  yield CSV_HEAD;
  for (let batch = first; !batch.done; batch = await rest.next()) yield batch.value.map(csvLineOf).join('');
}

async function* jsonOf(first: Batch, rest: Batches): AsyncGenerator<string> {
  yield '[';
  let comma = '\n';
  for (let batch = first; !batch.done; batch = await rest.next()) {
    yield comma + batch.value.map((entry) => JSON.stringify(entry)).join(',\n');
    comma = ',\n';
  }
  yield '\n]\n';
}
