import { Module } from '@nestjs/common';
import { OperationsModule } from '../operations/operations.module';
import { ContainerDetailService } from './container-detail.service';
import { ContainerListService } from './container-list.service';
import { ContainersController } from './containers.controller';
import { ContainersService } from './containers.service';
import { CreateContainerService } from './create-container.service';

/** Containers. */
@Module({
  imports: [OperationsModule],
  controllers: [ContainersController],
  providers: [ContainerListService, ContainerDetailService, CreateContainerService, ContainersService],
})
export class ContainersModule {}
