import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import { ApiProblems, BODY_PROBLEMS } from '../http/api-problems';
import { IdPipe } from '../http/id.pipe';
import { Actor, CurrentActor, SessionOnly } from '../session/actor';
import { AddSshKey, SshKey } from './dto/ssh-key';
import { SshKeysService } from './ssh-keys.service';

/** What belongs to the actor alone. A key opens containers after the token that added it is revoked: no token changes keys. */
@ApiTags('profile')
@Controller('api/profile')
export class ProfileController {
  constructor(private readonly keys: SshKeysService) {}

  @Get('ssh-keys')
  @ApiOperation({ operationId: 'listSshKeys', summary: 'The SSH keys that open your containers' })
  @ApiOkResponse({ type: [SshKey], description: 'Oldest first.' })
  @ApiProblems(401)
  list(@CurrentActor() actor: Actor): Promise<SshKey[]> {
    return this.keys.list(actor);
  }

  @Post('ssh-keys')
  @SessionOnly()
  @ApiOperation({ operationId: 'addSshKey', summary: 'Adds an SSH public key' })
  @ApiCreatedResponse({ type: SshKey, description: 'The key as it was understood.' })
  @ApiProblems(...BODY_PROBLEMS, 409)
  add(@CurrentActor() actor: Actor, @Body() given: AddSshKey): Promise<SshKey> {
    return this.keys.add(actor, given);
  }

  @Delete('ssh-keys/:id')
  @SessionOnly()
  @HttpCode(204)
  @ApiOperation({ operationId: 'removeSshKey', summary: 'Removes an SSH public key' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiNoContentResponse({ description: 'Removed.' })
  @ApiProblems(401, 403, 404, 409)
  remove(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string): Promise<void> {
    return this.keys.remove(actor, id);
  }
}
