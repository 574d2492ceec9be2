import { HostAuditRepository } from '@lxdm/entities';
import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS, WorkerSettings } from '../settings';

/** How long it is kept who did what. */
@Injectable()
export class AuditRetention {
  constructor(
    @Inject(SETTINGS) private readonly settings: Pick<WorkerSettings, 'auditDays'>,
    private readonly audit: HostAuditRepository,
  ) {}

  prune(): Promise<void> {
    return this.audit.prune(this.settings.auditDays);
  }
}
