import { Module } from '@nestjs/common';
import { SessionModule } from '../session/session.module';
import { AccountController } from './account.controller';
import { GitlabLinkService } from './gitlab-link.service';
import { OwnSessionsService } from './own-sessions.service';
import { PasswordService } from './password.service';
import { ProfileController } from './profile.controller';
import { SshKeysService } from './ssh-keys.service';
import { TokensController } from './tokens.controller';
import { TokensService } from './tokens.service';

/** A person's own things. */
@Module({
  imports: [SessionModule],
  controllers: [ProfileController, TokensController, AccountController],
  providers: [SshKeysService, TokensService, OwnSessionsService, PasswordService, GitlabLinkService],
  exports: [TokensService],
})
export class ProfileModule {}
