/** What can be done with zones, and with what stands in them or follows them. */
export type ZoneAction =
  'read' | 'change-zones' | 'change-entries' | 'change-records' | 'change-secondaries' | 'change-dnssec';

/** May somebody do that with the zones? They are everybody's, so only admins act on them. Default deny. */
export function mayOnZones(actor: { isAdmin: boolean }, action: ZoneAction): boolean {
  switch (action) {
    case 'read':
    case 'change-zones':
    case 'change-entries':
    case 'change-records':
    case 'change-secondaries':
    case 'change-dnssec':
      return actor.isAdmin;
    default:
      return false;
  }
}
