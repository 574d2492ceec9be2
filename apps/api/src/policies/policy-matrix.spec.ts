import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MemberRole, Standing, TokenScope } from '@lxdm/entities';
import { mayOnAuditEntry } from '../audit/audit.policy';
import { ContainerAction, mayOnContainer } from '../containers/containers.policy';
import { EntryAction, mayOnEntry } from '../dynamic-entries/dynamic-entries.policy';
import { HostAction, mayOnHost } from '../hosts/hosts.policy';
import { maySeeOperation } from '../operations/operations.policy';
import { mayOnPeople, PeopleAction } from '../people/people.policy';
import { mayOnProfile, ProfileAction } from '../profile/profile.policy';
import { mayOnProject, ProjectAction } from '../projects/projects.policy';
import type { Viewer } from '../projects/viewer';
import { Caller, Door, refusalAt } from '../session/admission.policy';
import { mayOnZones, ZoneAction } from '../zones/zones.policy';
import { POLICY_TABLE, PolicyRow, PUBLIC_ROUTES, Who, WHO } from './policy-table';

interface Subject extends Caller {
  viewer: Viewer;
  canSudo: boolean;
}

function subject(
  roles: [string, MemberRole][],
  of: Partial<Viewer> & { means?: Caller['means']; scope?: TokenScope; standing?: Standing; canSudo?: boolean } = {},
): Subject {
  const { means = 'session', scope = 'write', standing = 'active', canSudo = false, ...rest } = of;
  const viewer: Viewer = { userId: 'me', isAdmin: false, kind: 'person', ...rest, roles: new Map(roles) };
  return { means, scope, standing, canSudo, viewer };
}

const token = (scope: TokenScope) => ({ means: 'token', scope }) as const;
const service = { kind: 'service', ...token('write') } as const;

const SUBJECTS: Record<Who, Subject> = {
  stranger: subject([['elsewhere', 'owner']]),
  viewer: subject([['p', 'viewer']]),
  operator: subject([['p', 'operator']]),
  owner: subject([['p', 'owner']]),
  'admin without sudo': subject([], { canSudo: true }),
  'admin with sudo': subject([], { canSudo: true, isAdmin: true }),
  'service, viewer': subject([['p', 'viewer']], service),
  'service, operator': subject([['p', 'operator']], service),
  "owner's read token": subject([['p', 'owner']], token('read')),
  "owner's write token": subject([['p', 'owner']], token('write')),
  'admin token': subject([], { isAdmin: true, ...token('admin') }),
  waiting: subject([['p', 'owner']], { standing: 'waiting' }),
  blocked: subject([['p', 'owner']], { standing: 'blocked' }),
};

function doorOf(row: PolicyRow): Door {
  const words = row.door.split(' ');
  return {
    changes: words.includes('change'),
    sessionOnly: words.includes('session'),
    waitingToo: words.includes('waiting'),
  };
}

/** The policy's own answer. */
function answer({ resource, action, of }: PolicyRow, { viewer, canSudo }: Subject): boolean {
  const actor = { ...viewer, canSudo };
  const projectId = of === 'no project' ? null : 'p';
  switch (resource) {
    case 'session':
      return action !== 'turn-sudo-on' || mayOnProfile(actor, 'turn-sudo-on');
    case 'profile':
      return mayOnProfile(actor, action as ProfileAction);
    case 'people':
      return mayOnPeople(viewer, action as PeopleAction);
    case 'project':
      return action.endsWith('-tokens')
        ? mayOnProject(viewer, 'change-services', 'p')
        : mayOnProject(viewer, action as ProjectAction, action === 'create' ? null : 'p');
    case 'container':
      return mayOnContainer(viewer, action as ContainerAction, projectId);
    case 'operation':
      return maySeeOperation(viewer, { projectId });
    case 'host':
      return mayOnHost(viewer, action as HostAction);
    case 'image':
      return mayOnHost(viewer, 'read');
    case 'audit': {
      const entry = of === 'their own' ? { projectId: null, actorId: 'me' } : { projectId, actorId: 'another' };
      return mayOnAuditEntry(viewer, action as 'read' | 'see-address', entry);
    }
    case 'dynamic entry': {
      const home = {
        ownerIds: of === 'their own' ? ['me'] : ['another'],
        projectId: of === 'the project' ? 'p' : null,
      };
      return mayOnEntry(viewer, action as EntryAction, home);
    }
    case 'zone':
      return mayOnZones(viewer, action as ZoneAction);
    case 'events':
      return true;
    default:
      throw new Error(`Nobody knows how to ask about ${resource}.`);
  }
}

describe.each(POLICY_TABLE.map((row) => [`${row.resource} ${row.action} ${row.of}`, row] as const))(
  '%s',
  (_name, row) => {
    it('has an answer for everybody', () => {
      expect(row.cells).toMatch(new RegExp(`^[Y.]{${WHO.length}}$`));
    });

    it.each(WHO.map((who, index) => [who, row.cells[index] === 'Y'] as const))('%s: %s', (who, expected) => {
      const one = SUBJECTS[who];
      expect(refusalAt(doorOf(row), one) === null && answer(row, one)).toBe(expected);
    });
  },
);

describe('what no table knows is denied, to admins too', () => {
  const admin = SUBJECTS['admin with sudo'];
  it.each<[string, () => boolean]>([
    ['container', () => mayOnContainer(admin.viewer, 'sell' as ContainerAction, 'p')],
    ['project', () => mayOnProject(admin.viewer, 'burn' as ProjectAction, 'p')],
    ['host', () => mayOnHost(admin.viewer, 'hide' as HostAction)],
    ['zone', () => mayOnZones(admin.viewer, 'sell' as ZoneAction)],
    ['people', () => mayOnPeople(admin.viewer, 'sell' as PeopleAction)],
    ['profile', () => mayOnProfile({ ...admin.viewer, canSudo: true }, 'lend' as ProfileAction)],
    ['dynamic entry', () => mayOnEntry(admin.viewer, 'sell' as EntryAction, { ownerIds: ['me'], projectId: 'p' })],
    ['audit', () => mayOnAuditEntry(admin.viewer, 'erase' as 'read', { projectId: 'p', actorId: 'me' })],
    [
      'a standing',
      () => refusalAt(doorOf(POLICY_TABLE[0] as PolicyRow), { ...admin, standing: 'new' as Standing }) === null,
    ],
    [
      'a scope',
      () =>
        refusalAt(
          { changes: true, sessionOnly: false, waitingToo: false },
          { ...admin, scope: 'all' as TokenScope },
        ) === null,
    ],
  ])('%s', (_what, ask) => expect(ask()).toBe(false));
});

describe('the routes of the API', () => {
  const file = join(__dirname, '../../../../libs/api-client/openapi.json');
  type Methods = Record<string, { operationId: string }>;
  const { paths } = JSON.parse(readFileSync(file, 'utf8')) as { paths: Record<string, Methods> };
  const routes = Object.values(paths).flatMap((methods) =>
    Object.entries(methods).map(([method, { operationId }]) => [operationId, method] as const),
  );

  it('all ask a question of the table, or are public', () => {
    const asked = new Set([...POLICY_TABLE.flatMap((row) => row.routes), ...PUBLIC_ROUTES]);
    expect([...asked].sort()).toEqual(routes.map(([operationId]) => operationId).sort());
  });

  it.each(routes)('%s: a route that changes something asks for a right to change', (operationId, method) => {
    for (const row of POLICY_TABLE.filter((one) => one.routes.includes(operationId)))
      expect([row.action, doorOf(row).changes]).toEqual([row.action, method !== 'get']);
  });
});
