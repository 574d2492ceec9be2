/** What can be done with people and services. */
export type PeopleAction = 'list' | 'search' | 'change-standing' | 'change-admin';

/** May somebody do that? Default deny. */
export function mayOnPeople(viewer: { isAdmin: boolean; kind: 'person' | 'service' }, action: PeopleAction): boolean {
  switch (action) {
    case 'search':
      return viewer.kind === 'person';
    case 'list':
    case 'change-standing':
    case 'change-admin':
      return viewer.isAdmin;
    default:
      return false;
  }
}
