import { DomainError } from '@lxdm/domain';
import type { Act } from './audit.service';

/** A thing that the actor may see and may not change: refused, and written down. */
export class Refusal extends DomainError {
  constructor(
    message: string,
    readonly act: Act,
  ) {
    super('forbidden', message);
  }
}
