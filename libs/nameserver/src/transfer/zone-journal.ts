import { condensedDelta } from './condensed-delta';
import { ZoneDelta } from './zone-delta';

/** How much a journal keeps; what is older is given whole. */
interface JournalBounds {
  readonly steps: number;
  readonly octets: number;
}

const BOUNDS: JournalBounds = { steps: 2_000, octets: 2 * 1024 * 1024 };
/** What a step costs beside its octets. */
const STEP_OCTETS = 200;

/** The last changes of a zone, without a gap: what a secondary that was here before is told in place of the whole zone. */
export class ZoneJournal {
  private steps: ZoneDelta[] = [];
  private kept = 0;
  /** A serial that two versions had: nobody knows which of them a client holds. */
  private ambiguous: number | undefined;
  /** Secondaries commonly stand at the same serial, and ask when a change comes. */
  private readonly condensed = new Map<number, ZoneDelta | undefined>();

  constructor(private readonly bounds: JournalBounds = BOUNDS) {}

  /** How many steps there are. */
  get size(): number {
    return this.steps.length;
  }

  /** The memory that the steps take, in octets. */
  get octets(): number {
    return this.kept;
  }

  /** The serial that the last step leads to. */
  get serial(): number | undefined {
    return this.steps.at(-1)?.to;
  }

  /** Adds the newest step; one that does not begin where the last ends begins the journal anew. */
  add(delta: ZoneDelta): void {
    const { ambiguous } = this;
    if (this.serial !== delta.from || delta.from === delta.to) this.clear();
    this.condensed.clear();
    this.ambiguous = delta.from === delta.to ? delta.to : undefined;
    if (this.ambiguous !== undefined || delta.from === ambiguous) return;
    this.steps.push(delta);
    this.kept += octetsOf(delta);
    let excess = 0;
    while (this.steps.length - excess > this.bounds.steps || this.kept > this.bounds.octets)
      this.kept -= octetsOf(this.steps[excess++] as ZoneDelta);
    if (excess > 0) this.steps.splice(0, excess);
  }

  /** Forgets all steps. */
  clear(): void {
    this.steps = [];
    this.kept = 0;
    this.condensed.clear();
  }

  /** What changed since a serial, as one step; undefined when that is not known. */
  since(serial: number): ZoneDelta | undefined {
    if (this.condensed.has(serial)) return this.condensed.get(serial);
    // A serial comes twice when others were served in between, as after a restored backup; the later one counts.
    const start = this.steps.findLastIndex(({ from }) => from === serial);
    if (start < 0) return undefined;
    const delta = condensedDelta(this.steps.slice(start));
    if (this.condensed.size < MOST_CONDENSED) this.condensed.set(serial, delta);
    return delta;
  }
}

const MOST_CONDENSED = 16;

function octetsOf({ removed, added }: ZoneDelta): number {
  return removed.length + added.length + STEP_OCTETS;
}
