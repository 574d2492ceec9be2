import { join } from 'node:path';
import { loadKeyRing } from '@lxdm/crypto';
import { runProcess } from '@lxdm/runtime';
import { pino } from 'pino';
import { NameServer } from './name-server';
import { readDnsSettings } from './settings';

runProcess('dns', async (onStop) => {
  const settings = readDnsSettings();
  const ring = await loadKeyRing(join(settings.secretsDir, 'dns_encrypt'));
  const server = new NameServer(settings, ring, pino({ name: 'dns', level: settings.logLevel }));
  // Before it starts: what has begun when a later step fails must end too.
  onStop('name server', () => server.stop());
  await server.start();
});
