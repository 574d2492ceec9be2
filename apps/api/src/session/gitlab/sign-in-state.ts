import { KeyRing, openText, SealBrokenError, SealContext, seal, UnknownKeyError } from '@lxdm/crypto';

/** How long somebody may take at GitLab, in milliseconds. */
export const STATE_MS = 10 * 60_000;

/** What a sign-in is for. */
export type SignInPurpose = 'sign-in' | 'link' | 'sudo';

/** A sign-in that is under way: kept in the browser that began it, sealed, and nowhere else. */
export interface SignInState {
  /** Of the GitLab. */
  prefix: string;
  /** PKCE's (RFC 7636 §4.1). */
  verifier: string;
  purpose: SignInPurpose;
  /** The session that asked, for everything but a sign-in. */
  sessionId: string | null;
  next: string;
  /** As GitLab was told; it is told again with the code. */
  callbackUrl: string;
  expiresAt: number;
}

/** The text of the cookie; it opens for the one state that goes to GitLab and comes back. */
export function sealState(ring: KeyRing, handle: string, state: SignInState): string {
  return seal(ring, place(handle), JSON.stringify(state));
}

/** What was sealed for that state, or null when the cookie is not ours or belongs to another sign-in. */
export function openState(ring: KeyRing, handle: string, cookie: string): SignInState | null {
  try {
    return JSON.parse(openText(ring, place(handle), cookie)) as SignInState;
  } catch (error) {
    if (error instanceof SealBrokenError || error instanceof UnknownKeyError) return null;
    throw error;
  }
}

function place(handle: string): SealContext {
  return { table: 'cookies', column: 'sign-in', row: handle };
}
