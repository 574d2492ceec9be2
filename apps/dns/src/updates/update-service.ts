import type { ServedZone, ZoneApex } from '@lxdm/domain';
import type { SignedRequest } from '@lxdm/nameserver';
import type { Logger } from 'pino';
import { ServedSerials } from './served-serials';
import { UpdateHandler, UpdatingKey } from './update-handler';
import { DatabaseUpdateStore } from './update-store';

/** The largest UPDATE message: a thousand records. */
export const UPDATE_OCTETS = 65_535;

/** What dynamic updates need to know of the server that takes them. */
export interface UpdateServiceParts {
  apex: ZoneApex;
  databaseUrl: string;
  keyOf: (key: SignedRequest['key']) => UpdatingKey | undefined;
  /** All zones that are served. */
  zones: () => readonly ServedZone[];
  log: Logger;
}

/** Dynamic updates as one part of the name server: their handler, their connections, and what is served meanwhile. */
export class UpdateService {
  readonly handle: UpdateHandler['handle'];
  private readonly store: DatabaseUpdateStore;
  private readonly serials = new ServedSerials();

  constructor({ apex, databaseUrl, keyOf, zones, log }: UpdateServiceParts) {
    const { serials } = this;
    this.store = new DatabaseUpdateStore(databaseUrl);
    const cidrOf = (zone: string): string | null => zones().find(({ name }) => name === zone)?.cidr ?? null;
    this.handle = new UpdateHandler({ apex, store: this.store, served: serials, keyOf, cidrOf, log }).handle;
  }

  /** To be told of every version that is served. */
  readonly served = ({ after }: { after: { serial: number } }): void => this.serials.served(after.serial);

  /** Lets go of the database. */
  close(): Promise<void> {
    return this.store.close();
  }
}
