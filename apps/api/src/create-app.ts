import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Logger } from 'nestjs-pino';
import type { ApiSettings } from './api-settings';
import { AppModule } from './app.module';
import { configureApp } from './configure-app';

/** The application, ready to listen. */
export async function createApp(settings: ApiSettings): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(AppModule.forRoot(settings), {
    bodyParser: false,
    bufferLogs: true,
    abortOnError: false,
    // Event streams and idle connections must not keep the process from ending.
    forceCloseConnections: true,
  });
  app.useLogger(app.get(Logger));
  app.flushLogs();
  configureApp(app, settings);
  const server = app.getHttpServer() as import('node:http').Server;
  // Slow senders are cut: the headers within 10 s, the whole request within 30.
  server.headersTimeout = 10_000;
  server.requestTimeout = 30_000;
  server.keepAliveTimeout = 65_000;
  return app;
}
