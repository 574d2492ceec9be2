import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems, BODY_PROBLEMS } from '../http/api-problems';
import { CurrentCaller, EntryCaller, EntryDoor, Public } from '../session/actor';
import { AcmeService } from './acme.service';
import { AcmeDnsAccount, AcmeDnsUpdated, RegisterAcmeDns, UpdateAcmeDns } from './dto/acme-dns';

/** The interface of acme-dns (github.com/joohoi/acme-dns), on the zone's own records. */
@ApiTags('acme')
@Controller('api/acme-dns')
export class AcmeDnsController {
  constructor(private readonly acme: AcmeService) {}

  @Post('register')
  @EntryDoor()
  @ApiOperation({ operationId: 'registerAcmeDns', summary: 'Makes credentials that set one challenge' })
  @ApiCreatedResponse({ type: AcmeDnsAccount, description: 'The credentials.' })
  @ApiProblems(...BODY_PROBLEMS, 404, 409, 429)
  register(@CurrentCaller() caller: EntryCaller, @Body() wanted: RegisterAcmeDns): Promise<AcmeDnsAccount> {
    return this.acme.register(caller, wanted);
  }

  @Post('update')
  @HttpCode(200)
  @EntryDoor()
  @ApiOperation({ operationId: 'updateAcmeDns', summary: 'Sets a challenge for a day; the newest two stay' })
  @ApiOkResponse({ type: AcmeDnsUpdated, description: 'It is set.' })
  @ApiProblems(...BODY_PROBLEMS, 404, 409, 422, 429)
  async update(@CurrentCaller() caller: EntryCaller, @Body() wanted: UpdateAcmeDns): Promise<AcmeDnsUpdated> {
    await this.acme.update(caller, wanted);
    return { txt: wanted.txt };
  }

  @Get('health')
  @Public()
  @ApiOperation({ operationId: 'getAcmeDnsHealth', summary: 'Answers while it can be asked' })
  @ApiOkResponse({ description: 'It can.' })
  @ApiProblems(429)
  health(): object {
    return {};
  }
}
