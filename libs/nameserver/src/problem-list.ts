import { NameError } from './name-error';
import { RdataError } from './records/field-encoders';
import { NameText } from './zone-data';
import { ZoneProblem, ZoneProblemCode } from './zone-problem';

/** The RRset that a problem is about; its owner is put into words only when there is a problem. */
export interface Place {
  readonly owner?: NameText;
  readonly type?: string;
}

/** Gathers problems while a zone is built. */
export class ProblemList {
  readonly items: ZoneProblem[] = [];

  /** Notes a problem. */
  add(code: ZoneProblemCode, message: string, { owner, type }: Place): void {
    this.items.push({ code, message, ...(owner && { owner: String(owner) }), ...(type && { type }) });
  }

  /** Runs an encoding; bad data becomes a problem and undefined, a fault of the program stays an exception. */
  attempt<T>(code: ZoneProblemCode, place: Place, run: () => T): T | undefined {
    try {
      return run();
    } catch (error) {
      return this.caught(code, error, place);
    }
  }

  /** Notes bad data that an encoding was refused for; throws again what is a fault of the program. */
  caught(code: ZoneProblemCode, error: unknown, place: Place): undefined {
    if (!(error instanceof NameError || error instanceof RdataError)) throw error;
    this.add(code, error.message, place);
    return undefined;
  }
}
