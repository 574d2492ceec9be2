import { setImmediate } from 'node:timers/promises';
import { DomainError, notFound, ZoneApex } from '@lxdm/domain';
import { ZonesContents, ZonesRepository } from '@lxdm/entities';
import { Inject, Injectable } from '@nestjs/common';
import { API_SETTINGS, ApiSettings } from '../api-settings';
import { permitReading, ZoneReader } from './zone-permit';
import { ZoneSlices } from './zone-slices';

/** After so many rows other requests have their turn. */
const ROWS_A_TURN = 2_000;

/** Zones as text. Large ones are made a slice at a time, and one at a time: an export holds up no other request, and takes the room of one. */
@Injectable()
export class ZoneExportService {
  private last: Promise<void> = Promise.resolve();

  constructor(
    private readonly contents: ZonesRepository,
    @Inject(API_SETTINGS) private readonly apex: Pick<ApiSettings, keyof ZoneApex>,
  ) {}

  /** A zone as text that other name servers load; whoever asks for it ends it, or the next one waits for ever. */
  async *export(actor: ZoneReader, name: string): AsyncGenerator<string> {
    permitReading(actor);
    const release = await this.turn();
    try {
      const contents = await this.contents.load(this.apex.zone);
      if (!contents) throw new DomainError('not-ready', UNSERVABLE);
      const zone = contents.zones.find((one) => one.name === name);
      if (!zone) throw notFound('zone');
      const slices = await this.slicesOf(zone, contents);
      if (!slices.isServable()) throw new DomainError('not-ready', UNSERVABLE);
      yield `; ${name} serial ${zone.serial}\n`;
      if (zone.dnssec) yield '; It is served signed; its keys, signatures and NSEC records are left out.\n';
      for (const text of slices.texts()) {
        yield text;
        await setImmediate();
      }
    } finally {
      release();
    }
  }

  private async slicesOf(zone: ZonesContents['zones'][number], contents: ZonesContents): Promise<ZoneSlices> {
    const slices = new ZoneSlices(this.apex, zone, contents.wildcard);
    for (const [index, container] of contents.containers.entries()) {
      slices.addContainer(container);
      if (index % ROWS_A_TURN === ROWS_A_TURN - 1) await setImmediate();
    }
    for (const [index, record] of contents.records.entries()) {
      slices.addRecord(record);
      if (index % ROWS_A_TURN === ROWS_A_TURN - 1) await setImmediate();
    }
    return slices;
  }

  /** Resolves when those before have ended; what it resolves with lets the next one begin. */
  private async turn(): Promise<() => void> {
    const before = this.last;
    let release: () => void = () => undefined;
    this.last = new Promise((resolve) => {
      release = resolve;
    });
    await before;
    return release;
  }
}

const UNSERVABLE = 'The zone cannot be served as it is set up.';
