import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { KeyRing, newKeyRing } from '@lxdm/crypto';
import { NestFactory } from '@nestjs/core';
import { apiDocument } from './api-document';
import type { ApiSettings } from './api-settings';
import { AppModule } from './app.module';

/** Nothing of this is used: in preview mode no provider is made, so no database and no Redis are asked. */
const SETTINGS: ApiSettings = {
  databaseUrl: 'postgres://nobody@localhost/none',
  redisUrl: 'redis://localhost/0',
  bind: '127.0.0.1',
  httpPort: 0,
  metricsPort: 0,
  dnsHealthUrl: 'http://127.0.0.1/',
  zone: 'ct.example.org.',
  nameserver: 'ns.example.org.',
  nameserverAddresses: [],
  reservedNames: [],
  publicHosts: [],
  trustedProxies: [],
  webDir: '',
  logLevel: 'silent',
  sessionSecret: '',
  keyRing: KeyRing.parse(newKeyRing()),
  dnsKeyRing: KeyRing.parse(newKeyRing()),
  gitlabs: [],
};

/** Prints the OpenAPI document, or writes it to the file named by `--out`. */
async function printDocument(args: readonly string[]): Promise<void> {
  const app = await NestFactory.create(AppModule.forRoot(SETTINGS), {
    preview: true,
    logger: ['error'],
    abortOnError: false,
  });
  const text = `${JSON.stringify(apiDocument(app), null, 2)}\n`;
  const out = args.indexOf('--out');
  const file = out < 0 ? undefined : args[out + 1];
  if (out >= 0 && !file) throw new Error('--out needs the name of a file.');
  if (file) writeFileSync(file, text);
  else process.stdout.write(text);
}

printDocument(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
