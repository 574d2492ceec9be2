import { LeaderLock } from '@lxdm/entities';
import { JobsModule } from '@lxdm/jobs';
import { EntitiesModule, LoggingModule } from '@lxdm/nest';
import { DynamicModule, Module } from '@nestjs/common';
import { GitlabDue } from './gitlab-due';
import { Scheduler } from './scheduler';
import { SchedulerSettings, SETTINGS } from './settings';
import { Sweeps } from './sweeps';

/** The scheduler: a table of what is due. */
@Module({})
export class AppModule {
  static forRoot(settings: SchedulerSettings): DynamicModule {
    return {
      module: AppModule,
      imports: [
        LoggingModule.forRoot({ process: 'scheduler' }),
        EntitiesModule.forRoot({ url: settings.databaseUrl, poolSize: 3, applicationName: 'lxdm-scheduler' }),
        JobsModule.forRoot({ redisUrl: settings.redisUrl }),
      ],
      providers: [
        { provide: LeaderLock, useFactory: () => new LeaderLock(settings.databaseUrl, 'lxdm-scheduler-leader') },
        { provide: SETTINGS, useValue: settings },
        GitlabDue,
        Scheduler,
        Sweeps,
      ],
    };
  }
}
