import type { EventStream } from './event-stream';

/** A thing that changed, as it will be told to those who may see it. */
export interface BatchItem {
  /** The entry of the change feed; null for what only the passing of time has changed. */
  seq: number | null;
  event: 'container' | 'operation' | 'host' | 'project';
  /** The project that decides who may see it; undefined: everybody may. */
  projectId: string | null | undefined;
  /** A project whose viewers are not told: they hear of the thing itself. */
  butOf?: string | null;
  /** The JSON for that stream's viewer. */
  data: (stream: EventStream) => string;
}

/** What the change feed told since an entry, each thing once, in the order of its last change. */
export interface ChangeBatch {
  last: number;
  items: BatchItem[];
  /** True when somebody's memberships or account may have changed. */
  peopleChanged: boolean;
  /** Projects of which the batch tells everything: the project and each of its containers. */
  whole: ReadonlySet<string>;
}

/** Sends a stream what is new to it and visible. */
export function deliver(items: readonly BatchItem[], stream: EventStream): void {
  for (const item of items) {
    if (item.seq !== null && item.seq <= stream.position) continue;
    if (item.projectId !== undefined && !stream.sees(item.projectId)) continue;
    if (item.butOf !== undefined && stream.sees(item.butOf)) continue;
    stream.send(item.event, item.data(stream), item.seq ?? undefined);
  }
}

/** JSON in two versions, made when first needed: for admins and for everybody else. */
export function twoVersions(make: (isAdmin: boolean) => unknown): (stream: EventStream) => string {
  const made = new Map<boolean, string>();
  return ({ actor: { isAdmin } }) => {
    const known = made.get(isAdmin) ?? JSON.stringify(make(isAdmin));
    made.set(isAdmin, known);
    return known;
  };
}
