import 'reflect-metadata';
import { JobProducer } from '@lxdm/jobs';
import { ProcessLogger, runProcess, startHealthServer } from '@lxdm/runtime';
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module';
import { Scheduler } from './scheduler';
import { readSchedulerSettings } from './settings';

runProcess('scheduler', async (onStop) => {
  const settings = readSchedulerSettings();
  const app = await NestFactory.createApplicationContext(AppModule.forRoot(settings), { bufferLogs: true });
  app.useLogger(app.get(ProcessLogger));
  onStop('application', () => app.close());
  const health = await startHealthServer({
    host: settings.healthHost,
    port: settings.healthPort,
    checks: async () => {
      const { problem } = app.get(Scheduler);
      const redis = await app.get(JobProducer).ping();
      return [
        { name: 'postgres', ok: problem === null, detail: problem ?? 'answers' },
        { name: 'redis', ok: redis, detail: redis ? 'answers' : 'does not answer' },
      ];
    },
  });
  onStop('health', health.close);
});
