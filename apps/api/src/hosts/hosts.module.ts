import { Module } from '@nestjs/common';
import { OperationsModule } from '../operations/operations.module';
import { HostsController } from './hosts.controller';
import { HostsService } from './hosts.service';

/** LXD and Incus servers. */
@Module({ imports: [OperationsModule], controllers: [HostsController], providers: [HostsService] })
export class HostsModule {}
