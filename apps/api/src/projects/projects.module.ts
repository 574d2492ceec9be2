import { Module } from '@nestjs/common';
import { ProfileModule } from '../profile/profile.module';
import { GroupBindingService } from './group-binding.service';
import { GroupFinder } from './group-finder';
import { MembersController } from './members.controller';
import { MembersService } from './members.service';
import { ProjectChange } from './project-change';
import { ProjectServicesController } from './project-services.controller';
import { ProjectServicesService } from './project-services.service';
import { ProjectsController } from './projects.controller';
import { ProjectsService } from './projects.service';
import { ServiceTokensController } from './service-tokens.controller';
import { ServiceTokensService } from './service-tokens.service';

/** Teams, their members and their services. */
@Module({
  imports: [ProfileModule],
  controllers: [ProjectsController, MembersController, ProjectServicesController, ServiceTokensController],
  providers: [
    ProjectsService,
    MembersService,
    ProjectServicesService,
    ServiceTokensService,
    GroupBindingService,
    GroupFinder,
    ProjectChange,
  ],
})
export class ProjectsModule {}
