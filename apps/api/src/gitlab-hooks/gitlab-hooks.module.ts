import { Module } from '@nestjs/common';
import { GitlabHooksController } from './gitlab-hooks.controller';
import { GitlabHooksService } from './gitlab-hooks.service';

/** What GitLab tells us by itself. */
@Module({ controllers: [GitlabHooksController], providers: [GitlabHooksService] })
export class GitlabHooksModule {}
