import type { Operation } from './operation';

/** Whoever did something: `protocol` is unix, tls, oidc or the like; with tls, `username` is the certificate's fingerprint. */
export interface LifecycleRequestor {
  readonly username: string;
  readonly protocol: string;
  readonly address?: string;
}

/** What happened to an object: `action` is like instance-started, `source` the object's URL. */
export interface LifecycleMetadata {
  readonly action: string;
  readonly source: string;
  readonly context?: Readonly<Record<string, unknown>> | null;
  readonly name?: string;
  readonly project?: string;
  /** Who did it; LXD 5.0 leaves it out of many events (extension `event_lifecycle_requestor`). */
  readonly requestor?: LifecycleRequestor;
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
