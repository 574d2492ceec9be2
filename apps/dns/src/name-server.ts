import { nameserverUnreachable } from '@lxdm/domain';
import { ChangeListener } from '@lxdm/entities';
import { DnsServer, UnavailableZone, ZoneSet } from '@lxdm/nameserver';
import { RunningHealthServer, startHealthServer } from '@lxdm/runtime';
import type { Logger } from 'pino';
import { answeringOptions } from './answering';
import { bindAddresses, explainListenFailure } from './bind';
import * as metrics from './dns-metrics';
import { QueryTally } from './queries/query-tally';
import type { DnsSettings } from './settings';
import { zoneChecks } from './zone/zone-health';
import { ZoneKeeper, ZoneVersion } from './zone/zone-keeper';
import { ZoneRefresher } from './zone/zone-refresher';
import { DatabaseZoneSource } from './zone/zone-source';

/** How often the database is asked without having announced anything, in milliseconds: bounds what a silent loss can hide. */
const ASK_ANYWAY_MS = 5_000;
const FLUSH_MS = 1_000;
/** How long the end may wait for connections to close. */
const STOP_MS = 2_000;

/** The process as one object: sockets, the zone behind them, and what tells about both. */
export class NameServer {
  private readonly tally = new QueryTally();
  private readonly dns: DnsServer;
  private readonly keeper: ZoneKeeper;
  private readonly source: DatabaseZoneSource;
  private readonly refresher: ZoneRefresher;
  private readonly listener: ChangeListener;
  private health: RunningHealthServer | undefined;
  private timers: NodeJS.Timeout[] = [];
  private confirmedAt: Date | undefined;
  private problem: string | undefined;
  private feedHeard: boolean | undefined;

  constructor(
    private readonly settings: DnsSettings,
    private readonly log: Logger,
  ) {
    this.dns = new DnsServer({
      addresses: bindAddresses(settings),
      zones: ZoneSet.of([new UnavailableZone(settings.zone)]),
      ...answeringOptions(settings),
      onQuery: (event) => this.tally.count(event),
      onError: (err) => log.error({ err }, 'a socket or a packet failed'),
    });
    this.keeper = new ZoneKeeper(settings, (names) => log.warn({ names }, 'names that cannot be served'));
    this.source = new DatabaseZoneSource(settings.databaseUrl, settings.zone);
    this.refresher = new ZoneRefresher(this.source, this.keeper, {
      onVersion: (version, milliseconds) => this.serve(version, milliseconds),
      onFailure: (error) => this.failed(error),
    });
    this.listener = new ChangeListener(settings.databaseUrl, 'lxdm-dns-listener');
  }

  /** The ports that were bound: those of the settings, or what the system chose for 0. */
  get ports(): { dns: number; health: number } {
    return { dns: this.dns.addresses[0]?.port ?? 0, health: this.health?.port ?? 0 };
  }

  /** Answers from now on: SERVFAIL until the first zone is there, however long that takes. */
  async start(): Promise<void> {
    const { settings, log } = this;
    if (nameserverUnreachable(settings))
      log.warn('DNS_NAMESERVER lies inside DNS_ZONE: set DNS_NAMESERVER_ADDRESSES, or nobody finds it');
    await this.dns.listen().catch(explainListenFailure('LXDM_DNS_PORT', settings.bind, settings.port));
    const { healthHost, healthPort } = settings;
    this.health = await startHealthServer({
      host: healthHost,
      port: healthPort,
      checks: async () => this.checks(),
    }).catch(explainListenFailure('LXDM_METRICS_PORT', healthHost, healthPort));
    log.info({ addresses: this.dns.addresses, zone: settings.zone }, 'listens');
    this.follow();
  }

  /** Ends everything; what was asked already is still answered. */
  async stop(): Promise<void> {
    for (const timer of this.timers.splice(0)) clearInterval(timer);
    this.refresher.stop();
    await this.dns.close();
    this.tally.flush();
    // A database that stands still must not keep the process: its connections end with it.
    await Promise.race([
      Promise.all([this.listener.close(), this.source.close(), this.health?.close()]),
      new Promise((resolve) => setTimeout(resolve, STOP_MS).unref()),
    ]);
  }

  private follow(): void {
    this.listener.on('connected', () => {
      metrics.feedConnected.set(1);
      this.feedHeard = true;
      this.log.info('the change feed is heard');
      this.refresher.wake('whole');
    });
    this.listener.on('disconnected', (reason) => {
      metrics.feedConnected.set(0);
      // Once for each loss: it is tried again every two seconds, perhaps for days.
      if (this.feedHeard !== false) this.log.warn({ reason }, 'the change feed is not heard');
      this.feedHeard = false;
    });
    this.listener.on('change', (seq) => {
      if (seq > (this.keeper.current?.seq ?? 0)) this.refresher.wake('news');
    });
    this.timers.push(setInterval(() => this.refresher.wake('news'), ASK_ANYWAY_MS));
    this.timers.push(setInterval(() => this.flush(), FLUSH_MS));
    this.refresher.wake('whole');
    this.listener.start();
  }

  private serve(version: ZoneVersion, milliseconds: number): void {
    if (version.how !== 'same') {
      this.dns.setZones(ZoneSet.of([version.zone]));
      metrics.zoneSerial.set(version.serial);
      metrics.zoneRrsets.set(version.zone.size);
      metrics.zoneSkipped.set(this.keeper.skippedCount);
      const took = Math.round(milliseconds * 10) / 10;
      this.log.info({ serial: version.serial, seq: version.seq, how: version.how, milliseconds: took }, 'zone loaded');
    }
    if (this.problem !== undefined) this.log.info('the database answers again');
    this.problem = undefined;
    this.confirmedAt = new Date();
    metrics.zoneConfirmed.set(this.confirmedAt.getTime() / 1000);
    metrics.zoneLoads.inc({ how: version.how });
    metrics.zoneLoadSeconds.observe(milliseconds / 1000);
  }

  private failed(err: Error): void {
    // Once for each reason: the database may be away for days.
    if (this.problem !== err.message) this.log.error({ err }, 'the zone could not be loaded; it is tried again');
    this.problem = err.message;
    metrics.zoneLoadFailures.inc();
  }

  private flush(): void {
    this.tally.flush();
    metrics.tcpConnections.set(this.dns.tcpConnections);
  }

  private checks() {
    const { current } = this.keeper;
    return zoneChecks(
      {
        serial: current?.serial,
        rrsets: current?.zone.size ?? 0,
        skipped: this.keeper.skippedCount,
        confirmedAt: this.confirmedAt,
        problem: this.problem,
        feedHeard: this.feedHeard === true,
      },
      new Date(),
    );
  }
}
