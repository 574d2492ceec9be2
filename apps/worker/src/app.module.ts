import { join } from 'node:path';
import { KeyRing, loadKeyRing, makeCanary, verifyCanary } from '@lxdm/crypto';
import { KeyCheckRepository } from '@lxdm/entities';
import { JobsModule } from '@lxdm/jobs';
import { EntitiesModule, LoggingModule } from '@lxdm/nest';
import { DynamicModule, Module } from '@nestjs/common';
import { ContainerActions } from './containers/container-actions';
import { ContainerReconciler } from './containers/container-reconciler';
import { ContainerSteps } from './containers/container-steps';
import { HostKeys } from './containers/host-keys';
import { AccountReader } from './gitlab/account-reader';
import { AccountSync } from './gitlab/account-sync';
import { AccountTokens } from './gitlab/account-tokens';
import { GitlabClients } from './gitlab/gitlab-clients';
import { GitlabSyncing } from './gitlab/gitlab-syncing';
import { GroupSync } from './gitlab/group-sync';
import { Handlers } from './handlers';
import { Heartbeat } from './heartbeat';
import { AddressWatch } from './hosts/address-watch';
import { HostConnections } from './hosts/host-connections';
import { HostReconciler } from './hosts/host-reconciler';
import { HostScans } from './hosts/host-scans';
import { HostSync } from './hosts/host-sync';
import { HostSyncing } from './hosts/host-syncing';
import { HostWatchers } from './hosts/host-watchers';
import { OutsideActs } from './hosts/outside-acts';
import { KeyDeliverer } from './keys/key-deliverer';
import { KeyDelivering } from './keys/key-delivering';
import { LeaseKeeper } from './lease-keeper';
import { AuditRetention } from './records/audit-retention';
import { RecordPruner } from './records/record-pruner';
import { SETTINGS, WorkerSettings } from './settings';
import { WorkLanes } from './work-lanes';

/** The worker: the only process that speaks LXD. */
@Module({})
export class AppModule {
  static forRoot(settings: WorkerSettings): DynamicModule {
    return {
      module: AppModule,
      imports: [
        LoggingModule.forRoot({ process: 'worker' }),
        EntitiesModule.forRoot({ url: settings.databaseUrl, poolSize: 10, applicationName: 'lxdm-worker' }),
        JobsModule.forRoot({ redisUrl: settings.redisUrl }),
      ],
      providers: [
        { provide: SETTINGS, useValue: settings },
        {
          provide: KeyRing,
          useFactory: (check: KeyCheckRepository) => checkedRing(settings, check),
          inject: [KeyCheckRepository],
        },
        AccountReader,
        AccountSync,
        AccountTokens,
        AddressWatch,
        AuditRetention,
        ContainerActions,
        ContainerReconciler,
        ContainerSteps,
        GitlabClients,
        GitlabSyncing,
        GroupSync,
        Handlers,
        Heartbeat,
        HostConnections,
        HostKeys,
        HostReconciler,
        HostScans,
        HostSync,
        HostSyncing,
        HostWatchers,
        KeyDeliverer,
        KeyDelivering,
        LeaseKeeper,
        OutsideActs,
        RecordPruner,
        WorkLanes,
      ],
    };
  }
}

/** The key ring, held against the database first: a worker with another ring must not start. */
async function checkedRing(settings: WorkerSettings, check: KeyCheckRepository): Promise<KeyRing> {
  const ring = await loadKeyRing(join(settings.secretsDir, 'db_encrypt'));
  await check.verify({ make: () => makeCanary(ring), isCurrent: (canary) => verifyCanary(ring, canary).current });
  return ring;
}
