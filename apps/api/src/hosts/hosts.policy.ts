/** What can be done with hosts. */
export type HostAction = 'read' | 'see-details' | 'add' | 'confirm' | 'remove';

/** May the user do that with hosts? Default deny. */
export function mayOnHost(user: { isAdmin: boolean }, action: HostAction): boolean {
  switch (action) {
    case 'read':
      return true;
    case 'see-details':
    case 'add':
    case 'confirm':
    case 'remove':
      return user.isAdmin;
    default:
      return false;
  }
}
