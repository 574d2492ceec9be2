import {
  ChangesRepository,
  HeartbeatsRepository,
  OperationsRepository,
  SessionsRepository,
  Transactor,
  ZoneUpkeepRepository,
} from '@lxdm/entities';
import { Injectable, Logger } from '@nestjs/common';
import { AuditRetention } from './audit-retention';

/** Drops records that have served, and ends operations that nobody will carry out any more. */
@Injectable()
export class RecordPruner {
  private readonly log = new Logger(RecordPruner.name);

  constructor(
    private readonly db: Transactor,
    private readonly changes: ChangesRepository,
    private readonly sessions: SessionsRepository,
    private readonly heartbeats: HeartbeatsRepository,
    private readonly operations: OperationsRepository,
    private readonly audit: AuditRetention,
    private readonly zones: ZoneUpkeepRepository,
  ) {}

  async prune(): Promise<void> {
    const orphans = await this.db.run((tx) => this.operations.endOrphans(tx));
    if (orphans > 0) this.log.warn(`${orphans} operations had nothing left to be done for them and were ended`);
    await this.changes.prune();
    await this.zones.pruneJournal();
    await this.sessions.deleteExpired();
    await this.heartbeats.prune();
    await this.audit.prune();
  }
}
