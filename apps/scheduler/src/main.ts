import 'reflect-metadata';
import { JobProducer } from '@lxdm/jobs';
import { runBackground } from '@lxdm/nest';
import { AppModule } from './app.module';
import { Scheduler } from './scheduler';
import { readSchedulerSettings } from './settings';

runBackground('scheduler', {
  readSettings: readSchedulerSettings,
  module: (settings) => AppModule.forRoot(settings),
  problems: async (app) => ({
    postgres: app.get(Scheduler).problem,
    redis: (await app.get(JobProducer).ping()) ? null : 'does not answer',
  }),
});
