import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems, BODY_PROBLEMS } from '../http/api-problems';
import { CurrentCaller, EntryCaller, EntryDoor } from '../session/actor';
import { AcmeService } from './acme.service';
import { Challenge } from './dto/challenge';

/** The interface of lego's provider httpreq (go-acme.github.io/lego/dns/httpreq). */
@ApiTags('acme')
@Controller('api/httpreq')
@EntryDoor()
export class HttpreqController {
  constructor(private readonly acme: AcmeService) {}

  @Post('present')
  @HttpCode(200)
  @ApiOperation({ operationId: 'presentChallenge', summary: 'Sets the record of an ACME challenge, for a day' })
  @ApiOkResponse({ description: 'It is set.' })
  @ApiProblems(...BODY_PROBLEMS, 404, 409, 422, 429)
  async present(@CurrentCaller() caller: EntryCaller, @Body() challenge: Challenge): Promise<object> {
    await this.acme.present(caller, challenge);
    return {};
  }

  @Post('cleanup')
  @HttpCode(200)
  @ApiOperation({ operationId: 'cleanUpChallenge', summary: 'Removes the record of an ACME challenge' })
  @ApiOkResponse({ description: 'It is gone.' })
  @ApiProblems(...BODY_PROBLEMS, 404, 409, 429)
  async cleanUp(@CurrentCaller() caller: EntryCaller, @Body() challenge: Challenge): Promise<object> {
    await this.acme.cleanUp(caller, challenge);
    return {};
  }
}
