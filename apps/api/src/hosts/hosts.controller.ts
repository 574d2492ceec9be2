import { Body, Controller, Delete, Get, Param, Post, Put, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { AcceptsAction, ApiProblems, BODY_PROBLEMS } from '../http/api-problems';
import { IdPipe } from '../http/id.pipe';
import { Operation } from '../operations/dto/operation';
import { Mark, RequestMark } from '../operations/request-mark';
import { Actor, CurrentActor } from '../session/actor';
import { AddHost, ConfirmPin, RemoveHost } from './dto/add-host';
import { Host, Image } from './dto/host';
import { HostsService } from './hosts.service';

/** LXD and Incus servers. */
@ApiTags('hosts')
@Controller('api/hosts')
export class HostsController {
  constructor(private readonly hosts: HostsService) {}

  @Get()
  @ApiOperation({ operationId: 'listHosts', summary: 'All hosts' })
  @ApiOkResponse({ type: [Host], description: 'By name.' })
  @ApiProblems(401)
  list(@CurrentActor() actor: Actor): Promise<Host[]> {
    return this.hosts.list(actor);
  }

  @Get(':id')
  @ApiOperation({ operationId: 'getHost', summary: 'One host' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: Host, description: 'The host.' })
  @ApiProblems(401, 404)
  get(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string): Promise<Host> {
    return this.hosts.get(actor, id);
  }

  @Get(':id/images')
  @ApiOperation({ operationId: 'listHostImages', summary: 'The images that a host has' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: [Image], description: 'By description.' })
  @ApiProblems(401, 404)
  images(@Param('id', IdPipe) id: string): Promise<Image[]> {
    return this.hosts.images(id);
  }

  @Post()
  @ApiOperation({ operationId: 'addHost', summary: 'Manages one more host (admins)' })
  @AcceptsAction(...BODY_PROBLEMS, 409)
  add(@CurrentActor() actor: Actor, @Body() given: AddHost, @Mark() mark: RequestMark): Promise<Operation> {
    return this.hosts.add(actor, given, mark);
  }

  @Put(':id/pin')
  @ApiOperation({ operationId: 'confirmHost', summary: 'Accepts the certificate of a host (admins)' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @AcceptsAction(...BODY_PROBLEMS, 404, 409)
  confirm(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Body() given: ConfirmPin,
    @Mark() mark: RequestMark,
  ): Promise<Operation> {
    return this.hosts.confirm(actor, id, given, mark);
  }

  @Delete(':id')
  @ApiOperation({
    operationId: 'removeHost',
    summary: 'Removes a host from management; nothing on it is touched (admins)',
  })
  @ApiParam({ name: 'id', format: 'uuid' })
  @AcceptsAction(400, 401, 403, 404, 409)
  remove(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Query() how: RemoveHost,
    @Mark() mark: RequestMark,
  ): Promise<Operation> {
    return this.hosts.remove(actor, id, how, mark);
  }
}
