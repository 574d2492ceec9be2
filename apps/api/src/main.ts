import { canaryRows, makeCanary, verifyCanary } from '@lxdm/crypto';
import { KeyCheckRepository } from '@lxdm/entities';
import { runProcess, startHealthServer } from '@lxdm/runtime';
import { loadApiSettings } from './api-settings';
import { createApp } from './create-app';
import { ReadinessService } from './health/readiness.service';

runProcess('api', async (onStop) => {
  const settings = await loadApiSettings();
  const app = await createApp(settings);
  onStop('HTTP', () => app.close());
  // With another key ring, what is sealed here could never be opened: refuse before anything is accepted.
  const check = app.get(KeyCheckRepository, { strict: false });
  for (const [name, ring] of [
    ['db_encrypt', settings.keyRing],
    ['dns_encrypt', settings.dnsKeyRing],
  ] as const) {
    const isCurrent = (canary: string): boolean => verifyCanary(ring, canary, name).current;
    await check.verify({ make: () => makeCanary(ring, name), isCurrent }, canaryRows[name]);
  }
  await app.listen(settings.httpPort, settings.bind);
  const readiness = app.get(ReadinessService, { strict: false });
  const health = await startHealthServer({
    host: '127.0.0.1',
    port: settings.metricsPort,
    checks: () => readiness.own(),
  });
  onStop('health', () => health.close());
});
