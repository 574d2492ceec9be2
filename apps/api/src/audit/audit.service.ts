import { AuditEvent, AuditRepository, AuditResult, NewAuditEvent, Tx } from '@lxdm/entities';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../session/actor';

/** What of an actor is written down with each of their acts. */
export type AuditActor = Pick<Actor, 'username' | 'means' | 'tokenId' | 'address' | 'isAdmin' | 'requestId'> & {
  /** Null for somebody who is not known. */
  userId: string | null;
};

/** An act, as its service tells it. */
export interface Act {
  /** `kind.verb`, such as `container.create`. */
  action: string;
  target: { kind: string; id: string | null; name: string };
  projectId?: string | null;
  /** The operation that the act waits for: with it the act is accepted, without it done. */
  operationId?: string | null;
  /** What else is worth knowing; never a secret. */
  detail?: Record<string, unknown> | null;
  /** By which means, where it is not the actor's own. */
  means?: AuditEvent['means'];
}

/** Writes down who did what: the actor's part comes from the request, the rest from the service that acts. */
@Injectable()
export class Audit {
  constructor(private readonly events: AuditRepository) {}

  /** Writes an act in its own transaction: one without the other is never seen. */
  record(tx: Tx, actor: AuditActor, act: Act): Promise<void> {
    return this.events.record(tx, eventOf(actor, act, act.operationId ? 'accepted' : 'done'));
  }

  /** Writes down what was refused, such as a 403 for a thing that the actor may see. */
  refused(actor: AuditActor, act: Act): Promise<void> {
    return this.events.note(eventOf(actor, act, 'refused'));
  }

  /** Writes down what was tried and failed, such as a sign-in with a wrong password. */
  failed(actor: AuditActor, act: Act): Promise<void> {
    return this.events.note(eventOf(actor, act, 'failed'));
  }
}

function eventOf(actor: AuditActor, act: Act, result: AuditResult): NewAuditEvent {
  return {
    actorId: actor.userId,
    actorName: actor.username,
    means: act.means ?? actor.means,
    tokenId: actor.tokenId,
    address: actor.address,
    sudo: actor.isAdmin,
    action: act.action,
    targetKind: act.target.kind,
    targetId: act.target.id,
    targetName: act.target.name,
    projectId: act.projectId ?? null,
    operationId: act.operationId ?? null,
    result,
    detail: act.detail ?? null,
    requestId: actor.requestId,
  };
}
