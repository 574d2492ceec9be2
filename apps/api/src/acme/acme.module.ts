import { Module } from '@nestjs/common';
import { DynamicEntriesModule } from '../dynamic-entries/dynamic-entries.module';
import { AcmeDnsController } from './acme-dns.controller';
import { AcmeEntriesService } from './acme-entries.service';
import { HttpreqController } from './httpreq.controller';
import { AcmeService } from './acme.service';
import { ContainerAcmeController } from './container-acme.controller';

/** Doors for ACME clients. */
@Module({
  imports: [DynamicEntriesModule],
  controllers: [ContainerAcmeController, HttpreqController, AcmeDnsController],
  providers: [AcmeEntriesService, AcmeService],
})
export class AcmeModule {}
