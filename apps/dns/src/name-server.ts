import type { KeyRing } from '@lxdm/crypto';
import { nameserverUnreachable } from '@lxdm/domain';
import { ChangeListener } from '@lxdm/entities/zones';
import { DnsServer, UnavailableZone, ZoneSet } from '@lxdm/nameserver';
import { Check, RunningHealthServer, startHealthServer } from '@lxdm/runtime';
import type { Logger } from 'pino';
import { answeringOptions } from './answering';
import { bindAddresses, explainListenFailure } from './bind';
import * as metrics from './dns-metrics';
import { zoneMirror } from './mirror/zone-mirror';
import { ServerKeys } from './keys/server-keys';
import { NowAndThen } from './now-and-then';
import { QueryLog } from './queries/query-log';
import { QueryTally } from './queries/query-tally';
import type { DnsSettings } from './settings';
import { Transfers } from './transfers/transfers';
import { ZoneSnapshots } from './snapshot/zone-snapshots';
import { UPDATE_OCTETS, UpdateService } from './updates/update-service';
import { ZoneSigning } from './signing/zone-signing';
import { ZoneFollower } from './zone/zone-follower';
import { ZoneKeeper } from './zone/zone-keeper';
import { ZonePublisher } from './zone/zone-publisher';
import { DatabaseZoneSource } from './zone/zone-source';
import { ZoneStatus } from './zone/zone-status';

const FLUSH_MS = 1_000;
/** How often failures of one kind are told. */
const TELL_MS = 10_000;
/** How long the end may wait for connections to close. */
const STOP_MS = 2_000;
/** How long one of several workers waits for its zones before it answers, if only with SERVFAIL. */
const FIRST_ZONES_MS = 10_000;

/** What of the work this process does. */
export interface NameServerRole {
  /** Whether it has a port of its own for health and metrics, or tells them to whoever started it. */
  health: boolean;
  /** Whether it tells secondaries of changes: one of several workers does. */
  notifies: boolean;
  /** Whether it listens only with zones in hand, because others answer meanwhile. */
  zonesFirst: boolean;
}

const ALONE: NameServerRole = { health: true, notifies: true, zonesFirst: false };

/** The process as one object: sockets, the zones behind them, and what tells about both. Its parts are composed here and nowhere else. */
export class NameServer {
  private readonly tally = new QueryTally();
  private readonly failures = new NowAndThen(TELL_MS);
  private readonly queryLog: QueryLog;
  private readonly keys: ServerKeys;
  private readonly dns: DnsServer;
  private readonly status: ZoneStatus;
  private readonly signing: ZoneSigning;
  private readonly follower: ZoneFollower;
  private readonly snapshots: ZoneSnapshots;
  private readonly updates: UpdateService;
  private readonly transfers: Transfers;
  private health: RunningHealthServer | undefined;
  private flushing: NodeJS.Timeout | undefined;
  private zonesThere: () => void = () => undefined;

  constructor(
    private readonly settings: DnsSettings,
    /** Opens what only the name server reads: secrets of TSIG keys, private keys of zones. */
    ring: KeyRing,
    private readonly log: Logger,
    private readonly role: NameServerRole = ALONE,
  ) {
    this.queryLog = new QueryLog(settings.queryLog, writeLines, log);
    this.keys = new ServerKeys(ring, log);
    const answering = answeringOptions(settings);
    this.updates = new UpdateService({
      apex: settings,
      databaseUrl: settings.databaseUrl,
      keyOf: (key) => this.keys.of(key),
      zones: () => publisher.current?.zones ?? [],
      log,
    });
    const { databaseUrl, zone, bind } = settings;
    this.transfers = new Transfers({ databaseUrl, zone, bind, keys: this.keys, notifies: role.notifies, log });
    this.dns = new DnsServer({
      addresses: bindAddresses(settings),
      zones: ZoneSet.of([new UnavailableZone(settings.zone)]),
      ...answering,
      ...(settings.mirror && { mirror: zoneMirror(settings.mirror, settings.zone) }),
      limits: { ...answering.limits, tcpMessageOctets: UPDATE_OCTETS },
      onUpdate: this.updates.handle,
      onTransfer: this.transfers.onTransfer,
      onQuery: (event) => {
        this.tally.count(event);
        if (this.queryLog.on) this.queryLog.note(event);
      },
      onError: (err) => this.failed(err),
    });
    this.status = new ZoneStatus(log);
    this.signing = new ZoneSigning(ring, log);
    this.snapshots = new ZoneSnapshots(settings.snapshot, settings, log);
    const publisher = new ZonePublisher({
      finish: (version, before) => this.signing.finish(version, before),
      serve: (zones) => this.dns.setZones(zones),
      onVersion: [this.updates.served, this.transfers.onVersion, () => this.zonesThere()],
      onKeys: [
        (version) => this.keys.take(version) && this.dns.setTsigKeys(this.keys.tsigKeys),
        this.transfers.onKeys,
        (version) => role.notifies && this.snapshots.note(version),
      ],
    });
    this.follower = new ZoneFollower({
      source: new DatabaseZoneSource(settings.databaseUrl, settings.zone),
      listener: new ChangeListener(settings.databaseUrl, 'lxdm-dns-listener'),
      keeper: new ZoneKeeper(settings, (names) => log.warn({ names }, 'names that cannot be served')),
      publisher,
      status: this.status,
      snapshots: this.snapshots,
    });
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
    this.flushing = setInterval(() => this.flush(), FLUSH_MS);
    if (this.role.zonesFirst) await this.firstZones();
    await this.dns.listen().catch(explainListenFailure('LXDM_DNS_PORT', settings.bind, settings.port));
    if (this.role.health) {
      const { healthHost, healthPort } = settings;
      this.health = await startHealthServer({
        host: healthHost,
        port: healthPort,
        checks: async () => this.checks(),
      }).catch(explainListenFailure('LXDM_METRICS_PORT', healthHost, healthPort));
    }
    log.info({ addresses: this.dns.addresses, zone: settings.zone }, 'listens');
    if (!this.role.zonesFirst) await this.follower.start();
  }

  /** How the parts are. */
  checks(): Check[] {
    return [...this.status.checks(), ...this.signing.checks()];
  }

  /** Another share of the questions is logged from now on. */
  setQueryLog(share: number): void {
    this.queryLog.setShare(share);
  }

  /** Ends everything; what was asked already is still answered. */
  async stop(): Promise<void> {
    clearInterval(this.flushing);
    this.follower.stop();
    await this.dns.close();
    this.queryLog.flush();
    this.tally.flush();
    // A database that stands still must not keep the process: its connections end with it.
    await Promise.race([
      Promise.all([
        this.follower.close(),
        this.snapshots.close(),
        this.updates.close(),
        this.transfers.close(),
        this.health?.close(),
      ]),
      new Promise((resolve) => setTimeout(resolve, STOP_MS).unref()),
    ]);
  }

  private firstZones(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, FIRST_ZONES_MS);
      this.zonesThere = () => {
        clearTimeout(timer);
        resolve();
      };
      void this.follower.start();
    });
  }

  /** A socket or a packet failed: who sends packets that make trouble must not fill the disk. */
  private failed(err: Error): void {
    const times = this.failures.count((err as NodeJS.ErrnoException).code ?? err.name);
    if (times > 0) this.log.error({ err, times }, 'a socket or a packet failed');
  }

  private flush(): void {
    this.tally.flush();
    metrics.tcpConnections.set(this.dns.tcpConnections);
  }
}

/** Beside the log's own lines, and without waiting for the disk. */
function writeLines(lines: string, written: () => void): void {
  process.stdout.write(lines, () => written());
}
