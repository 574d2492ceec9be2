import 'reflect-metadata';
import { JobProducer } from '@lxdm/jobs';
import { runBackground } from '@lxdm/nest';
import { AppModule } from './app.module';
import { Heartbeat } from './heartbeat';
import { readWorkerSettings } from './settings';

runBackground('worker', {
  readSettings: readWorkerSettings,
  module: (settings) => AppModule.forRoot(settings),
  problems: async (app) => ({
    postgres: app.get(Heartbeat).problem,
    redis: (await app.get(JobProducer).ping()) ? null : 'does not answer; the sweep is slower than a wake-up',
  }),
});
