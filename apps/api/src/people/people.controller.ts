import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiProblems, BODY_PROBLEMS } from '../http/api-problems';
import { IdPipe } from '../http/id.pipe';
import { Actor, CurrentActor } from '../session/actor';
import { ChangeAdmin, ChangeStanding } from './dto/change-person';
import { ListPeople, SearchPeople } from './dto/list-people';
import { FoundPerson, Person, PersonPage } from './dto/person';
import { PeopleService } from './people.service';
import { StandingService } from './standing.service';

/** People and services. */
@ApiTags('people')
@Controller('api/people')
export class PeopleController {
  constructor(
    private readonly people: PeopleService,
    private readonly standings: StandingService,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'listPeople', summary: 'People and services, for admins; who waits comes first' })
  @ApiOkResponse({ type: PersonPage, description: 'One page.' })
  @ApiProblems(400, 401, 403)
  list(@CurrentActor() actor: Actor, @Query() query: ListPeople): Promise<PersonPage> {
    return this.people.list(actor, query);
  }

  @Get('search')
  @ApiOperation({
    operationId: 'searchPeople',
    summary: 'People who can be added to a project, by how their name begins',
  })
  @ApiOkResponse({ type: [FoundPerson], description: 'At most 20, by name.' })
  @ApiProblems(400, 401, 403)
  search(@CurrentActor() actor: Actor, @Query() query: SearchPeople): Promise<FoundPerson[]> {
    return this.people.search(actor, query.name);
  }

  @Put(':id/standing')
  @ApiOperation({ operationId: 'changeStanding', summary: 'Approves, blocks or unblocks somebody; it holds at once' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: Person, description: 'The person as they are now.' })
  @ApiProblems(...BODY_PROBLEMS, 404, 409)
  async changeStanding(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Body() wanted: ChangeStanding,
  ): Promise<Person> {
    await this.people.check(actor, 'change-standing');
    await this.standings.changeStanding(actor, id, wanted);
    return this.people.read(id);
  }

  @Put(':id/admin')
  @ApiOperation({ operationId: 'changeAdmin', summary: 'Makes somebody an admin, or takes it back; it holds at once' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: Person, description: 'The person as they are now.' })
  @ApiProblems(...BODY_PROBLEMS, 404, 409)
  async changeAdmin(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Body() wanted: ChangeAdmin,
  ): Promise<Person> {
    await this.people.check(actor, 'change-admin');
    await this.standings.changeAdmin(actor, id, wanted);
    return this.people.read(id);
  }
}
