import { runProcess, startHealthServer } from '@lxdm/runtime';
import type { DynamicModule, INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ProcessLogger } from './logging';

/** What a process without an interface of its own is made of. */
export interface BackgroundProcess<Settings> {
  readSettings: () => Settings;
  module: (settings: Settings) => DynamicModule;
  /** What it needs, each with what is wrong with it at the moment, or null. */
  problems: (app: INestApplicationContext) => Promise<Record<string, string | null>>;
}

/** Runs a Nest application that nobody calls, from its boot to its end, with a health server beside it. */
export function runBackground<Settings extends { healthHost: string; healthPort: number }>(
  name: string,
  { readSettings, module, problems }: BackgroundProcess<Settings>,
): void {
  runProcess(name, async (onStop) => {
    const settings = readSettings();
    const app = await NestFactory.createApplicationContext(module(settings), { bufferLogs: true });
    app.useLogger(app.get(ProcessLogger));
    onStop('application', () => app.close());
    const health = await startHealthServer({
      host: settings.healthHost,
      port: settings.healthPort,
      checks: async () =>
        Object.entries(await problems(app)).map(([part, problem]) => ({
          name: part,
          ok: problem === null,
          detail: problem ?? 'answers',
        })),
    });
    onStop('health', health.close);
  });
}
