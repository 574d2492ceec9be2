import { NotifyClient } from '@lxdm/nameserver';
import type { Logger } from 'pino';
import type { ServerKeys } from '../keys/server-keys';
import type { ServedVersion, VersionEvent } from '../zone/zone-publisher';
import { Notifier } from './notifier';
import { SecondaryNotes } from './secondary-notes';
import { DatabaseSecondaryStore } from './secondary-store';
import { TransferService } from './transfer-handler';
import { TransferJournals } from './transfer-journals';

/** What transfers are made of. */
export interface TransfersParts {
  readonly databaseUrl: string;
  /** Origin of the zone of containers, absolute. */
  readonly zone: string;
  /** Where the server listens: what secondaries are told comes from there, unless that is every address. */
  readonly bind: string;
  readonly keys: ServerKeys;
  /** True in one of several processes that serve together: only that one tells secondaries. */
  readonly notifies: boolean;
  readonly log: Logger;
}

/** All that has to do with secondaries: what changed of late, who may have it, who is told. */
export class Transfers {
  readonly journals = new TransferJournals();
  private readonly store: DatabaseSecondaryStore;
  private readonly notes: SecondaryNotes;
  private readonly client: NotifyClient;
  private readonly notifier: Notifier;
  private readonly service: TransferService;

  constructor(private readonly parts: TransfersParts) {
    const { databaseUrl, zone: forward, bind, keys, log } = parts;
    this.store = new DatabaseSecondaryStore(databaseUrl);
    this.notes = new SecondaryNotes(this.store, log);
    this.client = new NotifyClient({
      sources: bind === '::' || bind === '0.0.0.0' ? [] : [bind],
      onError: (err) => log.warn({ err }, 'secondaries cannot be told of changes'),
    });
    this.notifier = new Notifier({
      send: (zone, target, timeout) => this.client.send(zone, target, timeout),
      keyById: (id) => keys.byId(id)?.key,
      notes: this.notes,
      forward,
    });
    const rights = {
      keyRights: (key: Parameters<ServerKeys['of']>[0]) => keys.of(key),
      get secondaries() {
        return keys.secondaries;
      },
    };
    this.service = new TransferService({ journals: this.journals, rights, notes: this.notes, forward, log });
  }

  /** Answers AXFR and IXFR. */
  get onTransfer(): TransferService['onTransfer'] {
    return this.service.onTransfer;
  }

  /** What is served has changed. */
  readonly onVersion = (event: VersionEvent): void => {
    this.journals.hear(event);
    this.tell(event.after);
  };

  /** Secondaries may have come or gone. */
  readonly onKeys = (version: ServedVersion): void => this.tell(version);

  /** Tells nobody any more, and writes down what was seen; a database that stands still may keep this from ending. */
  async close(): Promise<void> {
    this.notifier.stop();
    this.client.close();
    await this.notes.stop();
    await this.store.close();
  }

  private tell({ served }: ServedVersion): void {
    if (this.parts.notifies) this.notifier.update(served, this.parts.keys.secondaries);
  }
}
