import type { ZoneApex } from '@lxdm/domain';
import { UpdateRefusal } from '@lxdm/entities/zones';
import {
  canonicalName,
  decodeUpdate,
  Name,
  Rcode,
  rcodeName,
  SignedRequest,
  updateReply,
  Zone,
} from '@lxdm/nameserver';
import type { UpdateFault, UpdateMessage } from '@lxdm/nameserver';
import type { Logger } from 'pino';
import { NowAndThen } from '../now-and-then';
import { SeenUpdates } from './seen-updates';
import { ServedSerials } from './served-serials';
import { doneEvent, refusedEvent, UpdateOrigin } from './update-audit';
import { decideUpdate, UpdateResult } from './update-decision';
import * as metrics from './update-metrics';
import { UpdateQueue } from './update-queue';
import { withRetries } from './update-retries';
import { forbiddenChange, KeyRights, refusal } from './update-rights';
import { scopeOf } from './update-scope';
import type { UpdateStore } from './update-store';

/** How many updates may wait for their turn: more could not be answered before their clients give up. */
const MOST_WAITING = 100;
/** How long the database's passing faults are borne; the client gets SERVFAIL after five seconds in any case. */
const RETRY_MS = 3_000;
/** How long an answer waits for its change to be served: clients look for it at once. */
const SERVED_MS = 1_000;
/** After which wait nobody is there any more to hear the answer. */
const STALE_MS = 4_000;
/** How often the refusals of one key are written down. */
const REFUSALS_MS = 60_000;
/** How often the use of a key is noted. */
const TOUCH_MS = 60_000;

/** A key with what it may update. */
export interface UpdatingKey {
  id: string;
  updateNames: readonly string[];
  updateTypes: readonly string[];
}

/** What the handler works with. */
export interface UpdateParts {
  apex: ZoneApex;
  store: UpdateStore;
  served: ServedSerials;
  /** Rights of the key that signed; undefined for one that is gone. */
  keyOf: (key: SignedRequest['key']) => UpdatingKey | undefined;
  /** The subnet of a reverse zone; null for others. */
  cidrOf: (zone: string) => string | null;
  log: Logger;
  now?: () => number;
}

/** A change that was committed, or the reason for none. */
type Outcome = UpdateResult & { serial?: number | null };

/** Answers dynamic updates (RFC 2136) whose signature holds. */
export class UpdateHandler {
  private readonly seen: SeenUpdates;
  private readonly queue = new UpdateQueue(MOST_WAITING);
  private readonly refusals: NowAndThen;
  private readonly touched = new Map<string, number>();
  private readonly now: () => number;

  constructor(private readonly parts: UpdateParts) {
    this.now = parts.now ?? Date.now;
    this.seen = new SeenUpdates(this.now);
    this.refusals = new NowAndThen(REFUSALS_MS, this.now);
  }

  /** Answers once the change is committed, and served where that does not take long. */
  readonly handle = async (request: SignedRequest): Promise<Buffer> => {
    const started = performance.now();
    let isFirst = false;
    const mac = `${request.key.name.key} ${request.mac.toString('latin1')}`;
    const rcode = await this.seen.once(
      mac,
      () => {
        isFirst = true;
        return this.answer(request);
      },
      (code) => code === Rcode.SERVFAIL,
    );
    if (!isFirst) metrics.updatesRepeated.inc();
    metrics.updatesTotal.inc({ rcode: rcodeName(rcode) });
    metrics.updateSeconds.observe((performance.now() - started) / 1_000);
    return updateReply(request.message, rcode);
  };

  private async answer(request: SignedRequest): Promise<number> {
    const message = decodeUpdate(request.message);
    const origin = {
      key: canonicalName(request.key.name),
      zone: message.zone ? canonicalName(message.zone) : '',
      sender: request.sender,
    };
    try {
      const { fault, serial } = await this.carryOut(request, message, origin);
      if (fault) return this.tellFault(origin, fault);
      if (typeof serial === 'number' && !(await this.parts.served.reaches(serial, SERVED_MS)))
        metrics.updatesUnseen.inc();
      return Rcode.NOERROR;
    } catch (err) {
      this.parts.log.error({ err, ...origin }, 'an update could not be carried out; its client gets SERVFAIL');
      return Rcode.SERVFAIL;
    }
  }

  private async carryOut(request: SignedRequest, message: UpdateMessage, origin: UpdateOrigin): Promise<Outcome> {
    const { zone } = message;
    if (zone) {
      const authority = request.zones.find(zone.key);
      if (!authority?.origin.equals(zone))
        return { fault: { rcode: Rcode.NOTAUTH, reason: `${origin.zone} is no zone here` } };
      if (!(authority instanceof Zone)) return failure('the zone is not loaded yet');
    }
    if (message.fault) return { fault: message.fault };
    if (!zone) throw new Error('a sound message names its zone');
    const key = this.parts.keyOf(request.key);
    if (!key) return { fault: refusal('the key is gone') };
    this.touch(key);
    const rights = new KeyRights({ names: key.updateNames, types: key.updateTypes });
    const forbidden = forbiddenChange(rights, zone, message.changes);
    if (forbidden) return { fault: forbidden };
    const came = performance.now();
    const done = this.queue.run(async () => {
      if (performance.now() - came > STALE_MS) return failure('it waited too long for its turn');
      return this.commit(zone, message, key, rights, origin);
    });
    metrics.updatesWaiting.set(this.queue.size);
    if (!done) return failure('too many updates wait already');
    return done.finally(() => metrics.updatesWaiting.set(this.queue.size));
  }

  private async commit(
    zone: Name,
    message: UpdateMessage,
    key: UpdatingKey,
    rights: KeyRights,
    origin: UpdateOrigin,
  ): Promise<Outcome> {
    const { apex, store, cidrOf, log } = this.parts;
    const scope = scopeOf(apex, { name: origin.zone, cidr: cidrOf(origin.zone) }, message);
    const carryOut = async (): Promise<Outcome> => {
      let result: UpdateResult | undefined;
      const serial = await store.update(scope, key.id, (inputs) => {
        result = decideUpdate(apex, zone, message, rights, inputs);
        if (result.fault) return undefined;
        const { removed, added } = result;
        return {
          removed: removed.map(({ id }) => id),
          added: added.map(({ name, type, ttl, rdata }) => ({ owner: canonicalName(name), type, ttl, rdata })),
          audit: doneEvent(origin, result),
        };
      });
      if (!result) throw new Error('an update was committed without a decision');
      if (!result.fault) {
        const [removed, added] = [result.removed.length, result.added.length];
        log.info({ ...origin, removed, added, serial }, serial === null ? 'an update changed nothing' : 'zone updated');
      }
      return { ...result, serial };
    };
    return withRetries(carryOut, RETRY_MS).catch((error: unknown) => {
      if (error instanceof UpdateRefusal) return { fault: refusal(error.message) };
      throw error;
    });
  }

  private tellFault(origin: UpdateOrigin, { rcode, reason }: UpdateFault): number {
    const { log, store } = this.parts;
    const told = { ...origin, rcode: rcodeName(rcode), reason };
    // Prerequisites are questions, and their failure an answer (RFC 2136 §5).
    if (rcode === Rcode.NXDOMAIN || (rcode >= Rcode.YXDOMAIN && rcode <= Rcode.NXRRSET)) {
      log.debug(told, 'a prerequisite does not hold');
      return rcode;
    }
    const times = this.refusals.count(`${origin.key} ${rcode}`);
    if (times === 0) return rcode;
    log.warn({ ...told, times }, 'an update was not carried out');
    if (rcode === Rcode.REFUSED)
      store
        .noteRefusal(refusedEvent(origin, reason, times))
        .catch((err: unknown) => log.error({ err }, 'a refusal could not be noted'));
    return rcode;
  }

  private touch({ id }: UpdatingKey): void {
    const now = this.now();
    if (now - (this.touched.get(id) ?? -Infinity) < TOUCH_MS) return;
    this.touched.set(id, now);
    const { store, log } = this.parts;
    store.touchKey(id).catch((err: unknown) => log.warn({ err }, 'the use of a key could not be noted'));
  }
}

function failure(reason: string): Outcome {
  return { fault: { rcode: Rcode.SERVFAIL, reason } };
}
