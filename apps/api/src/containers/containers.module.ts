import { Module } from '@nestjs/common';
import { OperationsModule } from '../operations/operations.module';
import { ContainerDetailService } from './container-detail.service';
import { ContainerHome } from './container-home.service';
import { ContainerKeysService } from './container-keys.service';
import { ContainerListService } from './container-list.service';
import { ContainerPlaceController } from './container-place.controller';
import { ContainersController } from './containers.controller';
import { ContainersService } from './containers.service';
import { CreateContainerService } from './create-container.service';
import { MoveContainerService } from './move-container.service';

/** Containers. */
@Module({
  imports: [OperationsModule],
  controllers: [ContainersController, ContainerPlaceController],
  providers: [
    ContainerListService,
    ContainerDetailService,
    CreateContainerService,
    ContainerHome,
    ContainersService,
    ContainerKeysService,
    MoveContainerService,
  ],
})
export class ContainersModule {}
