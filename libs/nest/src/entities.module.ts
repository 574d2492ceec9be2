import {
  AddressesRepository,
  AuditRepository,
  ChangesRepository,
  ContainerKeysRepository,
  ContainerScansRepository,
  ContainersRepository,
  ContainerWorkRepository,
  DatabaseOptions,
  dataSourceOptions,
  DueKeysRepository,
  DynamicEntriesRepository,
  DynamicTokensRepository,
  EntryPlacesRepository,
  GitlabDueRepository,
  GitlabGroupsRepository,
  GitlabKeysRepository,
  GitlabMembersRepository,
  GitlabSignInsRepository,
  GitlabStandingRepository,
  GitlabSyncsRepository,
  GitlabTargetsRepository,
  HeartbeatsRepository,
  HostAuditRepository,
  HostObservationsRepository,
  HostsRepository,
  KeyCheckRepository,
  KeyDeliveriesRepository,
  LeasesRepository,
  MembersRepository,
  OperationsRepository,
  PeopleRepository,
  ProjectChangesRepository,
  ProjectsRepository,
  SecondariesRepository,
  ServicesRepository,
  SessionsRepository,
  SshKeysRepository,
  StaticEntriesRepository,
  TokensRepository,
  Transactor,
  TsigKeysRepository,
  UsersRepository,
  ZoneBrowserRepository,
  ZoneKeysRepository,
  ZonesRepository,
  ZoneUpkeepRepository,
} from '@lxdm/entities';
import type { DynamicModule, FactoryProvider, Type } from '@nestjs/common';
import { getDataSourceToken, TypeOrmModule } from '@nestjs/typeorm';

/** A class with what its constructor takes, in that order: the repositories know nothing of Nest, as not every process has it. */
function provided<Parts extends unknown[], Made>(
  made: new (...parts: Parts) => Made,
  ...parts: { [At in keyof Parts]: Type<Parts[At]> }
): FactoryProvider<Made> {
  return { provide: made, useFactory: (...given: Parts) => new made(...given), inject: parts };
}

const repositories = [
  ...[AddressesRepository, MembersRepository, ProjectChangesRepository].map((made) => provided<[], object>(made)),
  ...[
    AuditRepository,
    ChangesRepository,
    ContainerKeysRepository,
    ContainersRepository,
    DynamicEntriesRepository,
    DynamicTokensRepository,
    EntryPlacesRepository,
    GitlabDueRepository,
    GitlabTargetsRepository,
    HeartbeatsRepository,
    HostAuditRepository,
    HostsRepository,
    KeyCheckRepository,
    LeasesRepository,
    OperationsRepository,
    PeopleRepository,
    ProjectsRepository,
    SecondariesRepository,
    ServicesRepository,
    SessionsRepository,
    SshKeysRepository,
    StaticEntriesRepository,
    TokensRepository,
    TsigKeysRepository,
    UsersRepository,
    ZoneBrowserRepository,
    ZoneKeysRepository,
    ZonesRepository,
    ZoneUpkeepRepository,
  ].map((made) => provided<[Transactor], object>(made, Transactor)),
  provided(ContainerScansRepository, Transactor, AddressesRepository),
  provided(ContainerWorkRepository, Transactor, OperationsRepository, AddressesRepository),
  provided(DueKeysRepository, Transactor, OperationsRepository),
  provided(GitlabGroupsRepository, Transactor, GitlabMembersRepository),
  provided(GitlabKeysRepository, AuditRepository),
  provided(GitlabMembersRepository, AuditRepository),
  provided(GitlabSignInsRepository, Transactor, GitlabStandingRepository),
  provided(GitlabStandingRepository, AuditRepository, GitlabKeysRepository),
  provided(GitlabSyncsRepository, Transactor, GitlabKeysRepository, GitlabStandingRepository),
  provided(HostObservationsRepository, Transactor, OperationsRepository, AddressesRepository),
  provided(KeyDeliveriesRepository, Transactor, OperationsRepository),
];

/** The database for a Nest process: one pool, every repository. */
export class EntitiesModule {
  static forRoot(options: DatabaseOptions): DynamicModule {
    const transactor: FactoryProvider<Transactor> = {
      provide: Transactor,
      useFactory: (...parts: ConstructorParameters<typeof Transactor>) => new Transactor(...parts),
      inject: [getDataSourceToken()],
    };
    return {
      module: EntitiesModule,
      global: true,
      imports: [TypeOrmModule.forRoot({ ...dataSourceOptions(options), retryAttempts: 30, retryDelay: 1_000 })],
      providers: [transactor, ...repositories],
      exports: [Transactor, ...repositories.map(({ provide }) => provide)],
    };
  }
}
