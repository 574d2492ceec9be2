import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { API_SETTINGS, ApiSettings } from '../api-settings';
import { ApiProblems } from '../http/api-problems';
import { Public } from './actor';
import { SignInOptions } from './dto/sign-in-options';

/** What the page for signing in shows. */
@ApiTags('sessions')
@Controller('api/sign-in-options')
export class SignInOptionsController {
  constructor(@Inject(API_SETTINGS) private readonly settings: Pick<ApiSettings, 'gitlabs'>) {}

  @Get()
  @Public()
  @ApiOperation({ operationId: 'getSignInOptions', summary: 'By what one can sign in here' })
  @ApiOkResponse({ type: SignInOptions, description: 'The ways in.' })
  @ApiProblems(400)
  read(): SignInOptions {
    return {
      password: true,
      gitlab: this.settings.gitlabs.map(({ prefix, name }) => ({
        id: prefix,
        name,
        url: `/social-auth/login/gitlab/${prefix === '' ? '' : `${prefix}/`}`,
      })),
    };
  }
}
