import { Module } from '@nestjs/common';
import { ProjectsController } from './projects.controller';
import { ProjectsService } from './projects.service';

/** Teams and their members. */
@Module({ controllers: [ProjectsController], providers: [ProjectsService] })
export class ProjectsModule {}
