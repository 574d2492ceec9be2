import { Module } from '@nestjs/common';
import { StaticEntriesController } from './static-entries.controller';
import { StaticEntriesService } from './static-entries.service';

/** Records that admins write as zone-file text. */
@Module({ controllers: [StaticEntriesController], providers: [StaticEntriesService] })
export class StaticEntriesModule {}
