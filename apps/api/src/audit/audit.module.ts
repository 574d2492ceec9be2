import { Global, Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { AuditLog } from './audit-log.service';
import { AuditController } from './audit.controller';
import { Audit } from './audit.service';
import { RefusalInterceptor } from './refusal.interceptor';

/** The log of who did what; every module that changes something writes to it. */
@Global()
@Module({
  controllers: [AuditController],
  providers: [Audit, AuditLog, { provide: APP_INTERCEPTOR, useClass: RefusalInterceptor }],
  exports: [Audit],
})
export class AuditModule {}
