import cluster from 'node:cluster';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { loadKeyRing } from '@lxdm/crypto';
import { OnStop, runProcess, startHealthServer } from '@lxdm/runtime';
import { Logger, pino } from 'pino';
import { explainListenFailure } from './bind';
import { NameServer, NameServerRole } from './name-server';
import { DnsSettings, readDnsSettings } from './settings';
import { WorkerFleet } from './workers/worker-fleet';
import { reportToFleet, workerNumber } from './workers/worker-process';

runProcess('dns', async (onStop) => {
  const settings = readDnsSettings();
  const worker = workerNumber();
  const log = pino({ name: 'dns', level: settings.logLevel, ...(worker !== undefined && { base: { worker } }) });
  if (worker === undefined && settings.workers > 1) return keepWorkers(settings, log, onStop);

  const ring = await loadKeyRing(join(settings.secretsDir, 'dns_encrypt'));
  const role: NameServerRole =
    worker === undefined
      ? { health: true, notifies: true, zonesFirst: false }
      : { health: false, notifies: worker === 1, zonesFirst: true };
  const server = new NameServer(settings, ring, log, role);
  // Before it starts: what has begun when a later step fails must end too.
  onStop('name server', () => server.stop());
  await server.start();
  if (worker === undefined) process.on('SIGHUP', () => reread(server, log));
  else reportToFleet(worker, () => server.checks());
});

/** The process that owns the sockets when there are several workers; it answers no queries itself. */
async function keepWorkers(settings: DnsSettings, log: Logger, onStop: OnStop): Promise<void> {
  const { env } = process;
  // Workers at one address must understand each other's cookies.
  if (settings.cookieSecrets.length === 0) env['DNS_COOKIE_SECRETS'] = randomBytes(16).toString('hex');
  cluster.schedulingPolicy = cluster.SCHED_RR;
  const fleet = new WorkerFleet(settings.workers, log);
  onStop('workers', () => fleet.stop());
  const health = await startHealthServer({
    host: settings.healthHost,
    port: settings.healthPort,
    checks: () => fleet.checks(),
    metrics: () => fleet.metrics(),
  }).catch(explainListenFailure('LXDM_METRICS_PORT', settings.healthHost, settings.healthPort));
  onStop('health', health.close);
  process.on('SIGHUP', () => void fleet.replace());
  await fleet.start();
}

/** What may change while one process answers; whatever else has changed waits for a restart. */
function reread(server: NameServer, log: Logger): void {
  try {
    const { queryLog, logLevel } = readDnsSettings();
    server.setQueryLog(queryLog);
    log.level = logLevel;
    log.info({ queryLog, logLevel }, 'settings read again');
  } catch (err) {
    log.error({ err }, 'the settings are not usable; the old ones stay');
  }
}
