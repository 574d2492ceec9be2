import { runProcess } from '@lxdm/runtime';
import { pino } from 'pino';
import { NameServer } from './name-server';
import { readDnsSettings } from './settings';

runProcess('dns', async (onStop) => {
  const settings = readDnsSettings();
  const server = new NameServer(settings, pino({ name: 'dns', level: settings.logLevel }));
  // Before it starts: what has begun when a later step fails must end too.
  onStop('name server', () => server.stop());
  await server.start();
});
