import { Module } from '@nestjs/common';
import { DynamicEntriesController } from './dynamic-entries.controller';
import { DynamicEntriesService } from './dynamic-entries.service';
import { EntryAccess } from './entry-access';
import { EntryTokensController } from './entry-tokens.controller';
import { EntryTokensService } from './entry-tokens.service';
import { EntryValuesController } from './entry-values.controller';
import { EntryValuesService } from './entry-values.service';

/** Names whose values programs set. */
@Module({
  controllers: [DynamicEntriesController, EntryTokensController, EntryValuesController],
  providers: [DynamicEntriesService, EntryAccess, EntryTokensService, EntryValuesService],
  exports: [EntryAccess, EntryTokensService, EntryValuesService],
})
export class DynamicEntriesModule {}
