import { Module } from '@nestjs/common';
import { AcceptanceService } from './acceptance.service';
import { OperationsController } from './operations.controller';
import { OperationsService } from './operations.service';

/** The records of what users asked for, and the one way to make one. */
@Module({
  controllers: [OperationsController],
  providers: [OperationsService, AcceptanceService],
  exports: [AcceptanceService],
})
export class OperationsModule {}
