import { Module } from '@nestjs/common';
import { ZoneExportService } from './zone-export.service';
import { ZoneKeysController } from './zone-keys.controller';
import { ZoneKeysService } from './zone-keys.service';
import { ZoneRecordsController } from './zone-records.controller';
import { ZoneRecordsService } from './zone-records.service';
import { ZonesController } from './zones.controller';
import { ZonesService } from './zones.service';

/** The zones that the name server is the authority for. */
@Module({
  controllers: [ZonesController, ZoneRecordsController, ZoneKeysController],
  providers: [ZonesService, ZoneRecordsService, ZoneExportService, ZoneKeysService],
})
export class ZonesModule {}
