/** How far a key is: in the container, on its way in, not to be had there, or on its way out. */
export type KeyState = 'placed' | 'pending' | 'failed' | 'removing';

/** What is known of one key of one container. */
export interface KeyFacts {
  /** An active member of the container's project has it. */
  wanted: boolean;
  /** The manager put it there, or is about to. */
  placed: boolean;
  /** Somebody has looked since it was put there, and found it. */
  confirmed: boolean;
  /** The last look found everything that is wanted now. */
  settled: boolean;
  /** Why the last try failed. */
  error: string | null;
  /** Why nothing is tried at the moment. */
  waiting: string | null;
}

/** The state of a key as everybody sees it, and what there is to say of it. */
export function keyStateOf(facts: KeyFacts): { state: KeyState; detail: string | null } {
  const { wanted, placed, confirmed, settled, error, waiting } = facts;
  if (!wanted) return { state: 'removing', detail: error ?? waiting };
  if (confirmed) return { state: 'placed', detail: null };
  if (settled) return { state: 'placed', detail: placed ? null : 'It was put there by hand, and stays there.' };
  return error === null ? { state: 'pending', detail: waiting } : { state: 'failed', detail: error };
}
