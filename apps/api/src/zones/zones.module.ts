import { Module } from '@nestjs/common';
import { ZonesController } from './zones.controller';
import { ZonesService } from './zones.service';

/** The zones that the name server is the authority for. */
@Module({ controllers: [ZonesController], providers: [ZonesService] })
export class ZonesModule {}
