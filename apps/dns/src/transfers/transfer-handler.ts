import { Rcode, SignedZone, Transfer, TransferRequest, transferRecords, ZoneJournal } from '@lxdm/nameserver';
import type { Logger } from 'pino';
import { NowAndThen } from '../now-and-then';
import { GivenVersions } from './given-versions';
import type { SecondaryNotes } from './secondary-notes';
import { transferAccess, TransferRights } from './transfer-access';
import type { TransferJournals } from './transfer-journals';
import { transferOctets, transfersTotal } from './transfer-metrics';

/** A client that is refused again and again is told of in the log once in so long. */
const SILENCE_MS = 600_000;

/** What the handler is made of. */
export interface TransferHandlerParts {
  readonly journals: TransferJournals;
  readonly rights: TransferRights;
  readonly notes: Pick<SecondaryNotes, 'note'>;
  /** Origin of the zone whose serial stands for all. */
  readonly forward: string;
  readonly log: Logger;
  readonly now?: () => number;
}

/** Grants transfers to those who may have them, and notes what became of them. */
export class TransferService {
  private readonly refusals: NowAndThen;
  private readonly given = new GivenVersions();
  private readonly now: () => number;

  constructor(private readonly parts: TransferHandlerParts) {
    this.now = parts.now ?? Date.now;
    this.refusals = new NowAndThen(SILENCE_MS, this.now);
  }

  readonly onTransfer = (request: TransferRequest): Transfer | number => {
    const access = transferAccess(request, this.parts.rights);
    if (!access.granted) return this.refused(request, access.reason);
    const { zone, serial, sender, key, protocol } = request;
    const name = zone.origin.toString();
    const { kind, records } = transferRecords(zone, serial, this.journalFor(request));
    return {
      records,
      onEnd: ({ complete, messages, records: count, octets }) => {
        const outcome = complete ? 'complete' : protocol === 'udp' ? 'truncated' : 'aborted';
        transfersTotal.inc({ kind, outcome });
        transferOctets.inc(octets);
        const about = {
          zone: name,
          serial: zone.serial,
          from: serial,
          kind,
          client: sender,
          key: key?.name.toString(),
        };
        if (outcome === 'aborted') this.parts.log.warn({ ...about, messages }, 'a zone transfer broke off');
        else if (complete && kind !== 'current') this.parts.log.info({ ...about, records: count }, 'zone transferred');
        if (complete && kind !== 'current') this.given.note(name, request, zone.serial);
        const holds = complete && (kind !== 'current' || serial === zone.serial);
        if (!holds || name !== this.parts.forward) return;
        const transferred = { serial: zone.serial, at: new Date(this.now()) };
        for (const { id } of access.secondaries) this.parts.notes.note({ id, transferred });
      },
    };
  };

  /** The zone's journal, where the client surely holds what was served here under its serial. */
  private journalFor(request: TransferRequest): ZoneJournal | undefined {
    const { zone, serial } = request;
    const { journals } = this.parts;
    if (serial === undefined) return undefined;
    const differs = zone instanceof SignedZone || journals.isFirst(zone, serial);
    return differs && !this.given.has(zone.origin.toString(), request, serial) ? undefined : journals.of(zone);
  }

  private refused({ zone, serial, sender }: TransferRequest, reason: string): number {
    transfersTotal.inc({ kind: serial === undefined ? 'whole' : 'changes', outcome: 'refused' });
    const times = this.refusals.count(sender);
    if (times > 0)
      this.parts.log.warn(
        { zone: zone.origin.toString(), client: sender, reason, times },
        'a zone transfer was refused',
      );
    return Rcode.REFUSED;
  }
}
