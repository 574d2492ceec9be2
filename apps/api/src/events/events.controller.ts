import { DomainError } from '@lxdm/domain';
import { ProjectsRepository } from '@lxdm/entities';
import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { ApiProblems } from '../http/api-problems';
import { viewerOf } from '../projects/viewer';
import { Actor, CurrentActor, ticketOf } from '../session/actor';
import { EventHub } from './event-hub';
import { EventStream } from './event-stream';
import { beginningOf, lastEventIdOf } from './resume';

const MAX_STREAMS = 2_000;
const MAX_STREAMS_OF_ONE = 20;
const LAST_EVENT_ID = { schema: { type: 'integer' as const }, required: false };

/** Live changes. */
@ApiTags('events')
@Controller('api/events')
export class EventsController {
  constructor(
    private readonly hub: EventHub,
    private readonly projects: ProjectsRepository,
  ) {}

  @Get()
  @ApiOperation({
    operationId: 'streamEvents',
    summary: 'Everything that changes and that you may see, as server-sent events',
    description:
      '`hello` first; then `container`, `operation`, `host` and `project` with the thing itself, or with {id, removed: true}; `reset`: load everything again; `ping` every 15 s; `bye`: the session is over.',
  })
  @ApiHeader({
    name: 'Last-Event-ID',
    description: 'The last event that was received: the stream goes on behind it.',
    ...LAST_EVENT_ID,
  })
  @ApiQuery({ name: 'lastEventId', description: 'The same, for those who cannot set headers.', ...LAST_EVENT_ID })
  @ApiOkResponse({ description: 'The stream.', content: { 'text/event-stream': { schema: { type: 'string' } } } })
  @ApiProblems(400, 401, 429)
  async stream(@CurrentActor() actor: Actor, @Req() request: Request, @Res() response: Response): Promise<void> {
    const lastEventId = lastEventIdOf(request.headers['last-event-id'], request.query['lastEventId']);
    if (this.hub.count() >= MAX_STREAMS || this.hub.count(ticketOf(actor)) >= MAX_STREAMS_OF_ONE)
      throw new DomainError('rate-limited', 'Too many event streams are open; close other tabs.', [], 10);
    // First the bounds, then the memberships: what changes in between is behind the position and told again.
    const bounds = await this.hub.bounds();
    const { position, reset } = beginningOf(lastEventId, bounds);
    const stream = new EventStream(response, actor, await viewerOf(actor, this.projects), position);
    response.on('close', () => this.hub.leave(stream));
    if (response.destroyed) return;
    stream.open();
    stream.send('hello', JSON.stringify({ seq: bounds.last }), position);
    if (reset) stream.send('reset', '{}', position);
    this.hub.join(stream);
  }
}
