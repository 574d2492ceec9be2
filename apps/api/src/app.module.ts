import { JobsModule } from '@lxdm/jobs';
import { EntitiesModule, LoggingModule } from '@lxdm/nest';
import { DynamicModule, Module } from '@nestjs/common';
import { AcmeModule } from './acme/acme.module';
import { API_SETTINGS, ApiSettings } from './api-settings';
import { AuditModule } from './audit/audit.module';
import { ContainersModule } from './containers/containers.module';
import { DynamicEntriesModule } from './dynamic-entries/dynamic-entries.module';
import { EventsModule } from './events/events.module';
import { GitlabHooksModule } from './gitlab-hooks/gitlab-hooks.module';
import { HealthModule } from './health/health.module';
import { HostsModule } from './hosts/hosts.module';
import { OperationsModule } from './operations/operations.module';
import { PeopleModule } from './people/people.module';
import { ProfileModule } from './profile/profile.module';
import { ProjectsModule } from './projects/projects.module';
import { SecondariesModule } from './secondaries/secondaries.module';
import { TsigKeysModule } from './tsig-keys/tsig-keys.module';
import { StaticEntriesModule } from './static-entries/static-entries.module';
import { SessionModule } from './session/session.module';
import { ZonesModule } from './zones/zones.module';

/** The settings, for every module. */
@Module({})
class SettingsModule {
  static forRoot(settings: ApiSettings): DynamicModule {
    const provider = { provide: API_SETTINGS, useValue: settings };
    return { module: SettingsModule, global: true, providers: [provider], exports: [provider] };
  }
}

/** The HTTP process. */
@Module({})
export class AppModule {
  static forRoot(settings: ApiSettings): DynamicModule {
    const { databaseUrl, redisUrl, logLevel } = settings;
    return {
      module: AppModule,
      imports: [
        SettingsModule.forRoot(settings),
        LoggingModule.forRoot({ process: 'api', level: logLevel }),
        EntitiesModule.forRoot({ url: databaseUrl, poolSize: 12, applicationName: 'lxdm-api' }),
        JobsModule.forRoot({ redisUrl }),
        AuditModule,
        SessionModule,
        PeopleModule,
        ProfileModule,
        HostsModule,
        ProjectsModule,
        ContainersModule,
        DynamicEntriesModule,
        AcmeModule,
        StaticEntriesModule,
        ZonesModule,
        TsigKeysModule,
        SecondariesModule,
        OperationsModule,
        GitlabHooksModule,
        EventsModule,
        HealthModule,
      ],
    };
  }
}
