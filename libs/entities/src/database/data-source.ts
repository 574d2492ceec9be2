import 'reflect-metadata';
import { DataSource, DataSourceOptions } from 'typeorm';
import { AuditEvent } from '../audit/audit-event.entity';
import { HeardEvent } from '../audit/heard-event.entity';
import { Change } from '../changes/change.entity';
import { Address } from '../containers/address.entity';
import { Container } from '../containers/container.entity';
import { HostKey } from '../containers/host-key.entity';
import { GitlabAccount } from '../gitlab/gitlab-account.entity';
import { Heartbeat } from '../heartbeats/heartbeat.entity';
import { Host } from '../hosts/host.entity';
import { Image } from '../hosts/image.entity';
import { SubnetEntity } from '../hosts/subnet.entity';
import { KeyCheck } from '../key-check/key-check.entity';
import { KeyDelivery } from '../keys/key-delivery.entity';
import { PlacedKey } from '../keys/placed-key.entity';
import { migrations } from '../migrations';
import { Operation } from '../operations/operation.entity';
import { Member } from '../projects/member.entity';
import { Project } from '../projects/project.entity';
import { ApiToken } from '../users/api-token.entity';
import { Session } from '../users/session.entity';
import { SpentState } from '../users/spent-state.entity';
import { SshKey } from '../users/ssh-key.entity';
import { User } from '../users/user.entity';
import { DynamicEntry, DynamicEntryOwner, DynamicToken } from '../zones/dynamic-entry.entity';
import { Secondary } from '../zones/secondary.entity';
import { StaticEntry } from '../zones/static-entry.entity';
import { TsigKeyRow } from '../zones/tsig-key.entity';
import { Zone } from '../zones/zone.entity';
import { ZoneJournalEntry } from '../zones/zone-journal.entity';
import { ZoneKey } from '../zones/zone-key.entity';
import { ZoneRecord } from '../zones/zone-record.entity';
import { DatabaseOptions, poolOptions } from './database-options';
import { SnakeNaming } from './snake-naming';

/** Every table of the schema. */
export const entities = [
  User,
  Session,
  SshKey,
  Project,
  Member,
  SubnetEntity,
  Host,
  Image,
  Container,
  Address,
  HostKey,
  Operation,
  Change,
  Zone,
  Heartbeat,
  KeyCheck,
  ApiToken,
  GitlabAccount,
  KeyDelivery,
  PlacedKey,
  AuditEvent,
  HeardEvent,
  SpentState,
  ZoneJournalEntry,
  ZoneKey,
  StaticEntry,
  DynamicEntry,
  DynamicEntryOwner,
  DynamicToken,
  TsigKeyRow,
  Secondary,
  ZoneRecord,
];

/** TypeORM's options: never `synchronize`, the schema comes from migrations only. */
export function dataSourceOptions(options: DatabaseOptions): DataSourceOptions {
  return {
    type: 'postgres',
    url: options.url,
    entities,
    migrations,
    migrationsTransactionMode: 'each',
    namingStrategy: new SnakeNaming(),
    // gen_random_uuid() is part of Postgres since 13: no extension, so no superuser, is needed.
    uuidExtension: 'pgcrypto',
    installExtensions: false,
    synchronize: false,
    poolSize: options.poolSize ?? 8,
    extra: poolOptions(options),
  };
}

/** A data source that is not yet connected. */
export function createDataSource(options: DatabaseOptions): DataSource {
  return new DataSource(dataSourceOptions(options));
}
