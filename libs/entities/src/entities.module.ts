import { DynamicModule, Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { AuditRepository } from './audit/audit.repository';
import { HostAuditRepository } from './audit/host-audit.repository';
import { ChangesRepository } from './changes/changes.repository';
import { AddressesRepository } from './containers/addresses.repository';
import { ContainerScansRepository } from './containers/container-scans.repository';
import { ContainerWorkRepository } from './containers/container-work.repository';
import { ContainersRepository } from './containers/containers.repository';
import { DatabaseOptions, dataSourceOptions } from './database/data-source';
import { LeasesRepository } from './database/leases.repository';
import { Transactor } from './database/transactor';
import { GitlabDueRepository } from './gitlab/gitlab-due.repository';
import { GitlabGroupsRepository } from './gitlab/gitlab-groups.repository';
import { GitlabKeysRepository } from './gitlab/gitlab-keys.repository';
import { GitlabMembersRepository } from './gitlab/gitlab-members.repository';
import { GitlabStandingRepository } from './gitlab/gitlab-standing.repository';
import { GitlabSyncsRepository } from './gitlab/gitlab-syncs.repository';
import { GitlabSignInsRepository } from './gitlab/gitlab-sign-ins.repository';
import { HeartbeatsRepository } from './heartbeats/heartbeats.repository';
import { HostObservationsRepository } from './hosts/host-observations.repository';
import { HostsRepository } from './hosts/hosts.repository';
import { KeyCheckRepository } from './key-check/key-check.repository';
import { ContainerKeysRepository } from './keys/container-keys.repository';
import { DueKeysRepository } from './keys/due-keys.repository';
import { KeyDeliveriesRepository } from './keys/key-deliveries.repository';
import { OperationsRepository } from './operations/operations.repository';
import { GitlabTargetsRepository } from './projects/gitlab-targets.repository';
import { MembersRepository } from './projects/members.repository';
import { ProjectChangesRepository } from './projects/project-changes.repository';
import { ProjectsRepository } from './projects/projects.repository';
import { ServicesRepository } from './projects/services.repository';
import { PeopleRepository } from './users/people.repository';
import { SessionsRepository } from './users/sessions.repository';
import { SshKeysRepository } from './users/ssh-keys.repository';
import { TokensRepository } from './users/tokens.repository';
import { UsersRepository } from './users/users.repository';
import { DynamicEntriesRepository } from './zones/dynamic-entries.repository';
import { DynamicTokensRepository } from './zones/dynamic-tokens.repository';
import { StaticEntriesRepository } from './zones/static-entries.repository';
import { ZoneBrowserRepository } from './zones/zone-browser.repository';
import { ZoneKeysRepository } from './zones/zone-keys.repository';
import { SecondariesRepository } from './zones/secondaries.repository';
import { TsigKeysRepository } from './zones/tsig-keys.repository';
import { ZoneUpkeepRepository } from './zones/zone-upkeep.repository';
import { ZonesRepository } from './zones/zones.repository';

const repositories = [
  AddressesRepository,
  AuditRepository,
  ChangesRepository,
  ContainerScansRepository,
  ContainerKeysRepository,
  ContainersRepository,
  ContainerWorkRepository,
  DueKeysRepository,
  DynamicEntriesRepository,
  DynamicTokensRepository,
  GitlabTargetsRepository,
  GitlabDueRepository,
  GitlabGroupsRepository,
  GitlabKeysRepository,
  GitlabMembersRepository,
  GitlabStandingRepository,
  GitlabSyncsRepository,
  GitlabSignInsRepository,
  HeartbeatsRepository,
  HostAuditRepository,
  HostObservationsRepository,
  HostsRepository,
  KeyCheckRepository,
  KeyDeliveriesRepository,
  LeasesRepository,
  OperationsRepository,
  MembersRepository,
  ProjectChangesRepository,
  ProjectsRepository,
  ServicesRepository,
  PeopleRepository,
  SessionsRepository,
  SshKeysRepository,
  TokensRepository,
  UsersRepository,
  StaticEntriesRepository,
  ZoneBrowserRepository,
  ZoneKeysRepository,
  SecondariesRepository,
  TsigKeysRepository,
  ZoneUpkeepRepository,
  ZonesRepository,
];

/** The database for a Nest process: one pool, every repository. */
@Global()
@Module({})
export class EntitiesModule {
  static forRoot(options: DatabaseOptions): DynamicModule {
    return {
      module: EntitiesModule,
      imports: [TypeOrmModule.forRoot({ ...dataSourceOptions(options), retryAttempts: 30, retryDelay: 1_000 })],
      providers: [
        {
          provide: Transactor,
          useFactory: (dataSource: DataSource) => new Transactor(dataSource),
          inject: [DataSource],
        },
        ...repositories,
      ],
      exports: [Transactor, ...repositories],
    };
  }
}
