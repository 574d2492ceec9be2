import { Module } from '@nestjs/common';
import { SecondariesController } from './secondaries.controller';
import { SecondariesService } from './secondaries.service';

/** Servers that follow our zones. */
@Module({ controllers: [SecondariesController], providers: [SecondariesService] })
export class SecondariesModule {}
