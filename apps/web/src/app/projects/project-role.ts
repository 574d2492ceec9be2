import type { Project } from '@lxdm/api-client';

/** The viewer's own part in a project; an administrator sees projects without having one. */
export function roleText(role: Project['role']): string {
  switch (role) {
    case 'owner':
      return 'Owner';
    case 'operator':
      return 'Operator';
    case 'viewer':
      return 'Viewer';
    case null:
      return 'Not a member';
  }
}
