import { once } from 'node:events';
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
      await send(response, format === 'csv' ? CSV_HEAD : '[');
      let sent = 0;
      for (let batch = first; !batch.done && !response.destroyed; batch = await batches.next())
        for (const entry of batch.value) await send(response, textOf(entry, format, sent++));
      response.end(format === 'csv' ? '' : ']\n');
    } catch (error) {
      // Half a file must not look like a whole one: the connection is cut.
      this.logger.warn(`an export broke off: ${error instanceof Error ? error.message : String(error)}`);
      response.destroy();
    }
  }
}

function textOf(entry: AuditEntry, format: ExportAudit['format'], index: number): string {
  return format === 'csv' ? csvLineOf(entry) : `${index === 0 ? '\n' : ',\n'}${JSON.stringify(entry)}`;
}

/** Waits for slow readers, so that an export waits in the database and not in memory. */
async function send(response: Response, text: string): Promise<void> {
  if (response.destroyed || response.write(text)) return;
  await Promise.race([once(response, 'drain'), once(response, 'close')]);
}
