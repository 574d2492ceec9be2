import { DomainError } from '@lxdm/domain';
import type { Act } from '../audit/audit.service';
import { Refusal } from '../audit/refusal';
import type { Actor } from '../session/actor';
import { mayOnZones, ZoneAction } from './zones.policy';

/** What of an actor decides whether zones may be looked at. */
export type ZoneReader = Pick<Actor, 'isAdmin' | 'canSudo'>;

/** Lets admins look. @throws DomainError `forbidden` */
export function permitReading(actor: ZoneReader): void {
  if (!mayOnZones(actor, 'read')) throw new DomainError('forbidden', words(actor));
}

/** Lets admins act; what is refused is written down. @throws DomainError `forbidden` */
export function permitChange(actor: Actor, action: ZoneAction, act: Act): void {
  if (!mayOnZones(actor, action)) throw new Refusal(words(actor), act);
}

function words({ canSudo }: ZoneReader): string {
  return canSudo ? 'Turn sudo on to look after the zones.' : 'Only admins look after the zones.';
}
