/** What can be done with what belongs to oneself alone. */
export type ProfileAction =
  | 'read-ssh-keys'
  | 'change-ssh-keys'
  | 'read-tokens'
  | 'change-tokens'
  | 'make-admin-token'
  | 'read-account'
  | 'change-account'
  | 'add-way-in'
  | 'turn-sudo-on';

/** May somebody do that with their own? A service has nothing of its own: its tokens are in the hands of its project's owners. Default deny. */
export function mayOnProfile(
  actor: { kind: 'person' | 'service'; isAdmin: boolean; canSudo: boolean },
  action: ProfileAction,
): boolean {
  switch (action) {
    case 'read-ssh-keys':
    case 'change-ssh-keys':
    case 'read-tokens':
    case 'change-tokens':
    case 'read-account':
    case 'change-account':
      return actor.kind === 'person';
    case 'add-way-in':
      // Sudo asks for the proof of who sits there; whoever found an open session must not be able to make that proof.
      return actor.kind === 'person' && (actor.isAdmin || !actor.canSudo);
    case 'make-admin-token':
      return actor.kind === 'person' && actor.isAdmin;
    case 'turn-sudo-on':
      return actor.kind === 'person' && actor.canSudo;
    default:
      return false;
  }
}
