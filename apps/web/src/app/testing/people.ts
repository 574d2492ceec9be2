import type { Person, Project, ProjectMember } from '@lxdm/api-client';

const at = '2026-01-01T12:00:00.000Z';

export function person(part: Partial<Person> = {}): Person {
  const username = part.username ?? 'grace';
  return {
    id: `id-${username}`,
    username,
    displayName: 'Grace Hopper',
    kind: 'person',
    standing: 'active',
    isAdmin: false,
    reason: '',
    gitlab: null,
    projects: [],
    sshKeys: 0,
    lastSeenAt: null,
    createdAt: at,
    approvedAt: at,
    blockedAt: null,
    ...part,
  };
}

export function member(part: Partial<ProjectMember> = {}): ProjectMember {
  const username = part.username ?? 'grace';
  return {
    userId: `id-${username}`,
    username,
    displayName: username,
    role: 'owner',
    source: 'manual',
    kind: 'person',
    ...part,
  };
}

export function project(part: Partial<Project> = {}): Project {
  return {
    id: 'p1',
    name: 'team',
    description: '',
    role: 'owner',
    members: [member()],
    gitlab: null,
    containers: 0,
    createdAt: at,
    ...part,
  };
}
