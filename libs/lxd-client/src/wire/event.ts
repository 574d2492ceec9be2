import type { Operation } from './operation';

/** What happened to an object: `action` is like instance-started, `source` the object's URL. */
export interface LifecycleMetadata {
  readonly action: string;
  readonly source: string;
  readonly context?: Readonly<Record<string, unknown>> | null;
  readonly name?: string;
  readonly project?: string;
}

interface EventBase {
  readonly timestamp: string;
  readonly location?: string;
  readonly project?: string;
}

/** An operation began, made progress or ended. */
export interface OperationEvent extends EventBase {
  readonly type: 'operation';
  readonly metadata: Operation;
}

/** An object came, changed or went. */
export interface LifecycleEvent extends EventBase {
  readonly type: 'lifecycle';
  readonly metadata: LifecycleMetadata;
}

/** One frame of /1.0/events?type=operation,lifecycle. */
export type LxdEvent = OperationEvent | LifecycleEvent;
