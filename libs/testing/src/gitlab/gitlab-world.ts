/** GitLab's word for the state of an account (docs.gitlab.com/administration/moderate_users). */
export type StandInState =
  'active' | 'blocked' | 'deactivated' | 'banned' | 'ldap_blocked' | 'blocked_pending_approval';

/** A person of the stand-in. */
export interface StandInPerson {
  readonly id: number;
  username: string;
  name: string;
  state: StandInState;
  readonly keys: StandInKey[];
}

/** A key as the REST API shows it (docs.gitlab.com/api/user_keys). */
export interface StandInKey {
  readonly id: number;
  readonly title: string;
  readonly created_at: string;
  readonly expires_at: string | null;
  readonly key: string;
  readonly usage_type: 'auth' | 'signing' | 'auth_and_signing';
}

/** A membership of a group itself, not of one above it. */
export interface StandInMember {
  readonly userId: number;
  readonly accessLevel: number;
  readonly expiresAt: string | null;
}

/** A group; what lies above it is found by its path. */
export interface StandInGroup {
  readonly id: number;
  readonly path: string;
  readonly name: string;
  readonly members: Map<number, StandInMember>;
}

/** Who and what there is. */
export class GitlabWorld {
  private readonly people = new Map<number, StandInPerson>();
  private readonly groups = new Map<number, StandInGroup>();
  private lastId = 100;

  addPerson(username: string, name = username, state: StandInState = 'active', id = this.nextId()): StandInPerson {
    if (this.findPerson(username) !== undefined) throw new Error(`There is a person ${username} already.`);
    const person: StandInPerson = { id, username, name, state, keys: [] };
    this.people.set(id, person);
    return person;
  }

  everybody(): StandInPerson[] {
    return [...this.people.values()];
  }

  /** By number or by name, as GitLab's /users/:id/keys takes either. */
  findPerson(idOrName: string | number): StandInPerson | undefined {
    const byId = this.people.get(Number(idOrName));
    return byId ?? this.everybody().find(({ username }) => username === idOrName);
  }

  person(idOrName: string | number): StandInPerson {
    const found = this.findPerson(idOrName);
    if (found === undefined) throw new Error(`There is no person ${idOrName}.`);
    return found;
  }

  /** Its memberships end with it. */
  deletePerson(idOrName: string | number): void {
    const { id } = this.person(idOrName);
    this.people.delete(id);
    for (const group of this.groups.values()) group.members.delete(id);
  }

  addKey(
    idOrName: string | number,
    wanted: { key: string; title?: string; expiresAt?: string; usageType?: StandInKey['usage_type'] },
  ): StandInKey {
    const key: StandInKey = {
      id: this.nextId(),
      title: wanted.title ?? wanted.key.split(' ')[2] ?? 'key',
      created_at: new Date().toISOString(),
      expires_at: wanted.expiresAt ?? null,
      key: wanted.key,
      usage_type: wanted.usageType ?? 'auth_and_signing',
    };
    this.person(idOrName).keys.push(key);
    return key;
  }

  removeKey(id: number): StandInPerson {
    for (const person of this.people.values()) {
      const at = person.keys.findIndex((key) => key.id === id);
      if (at < 0) continue;
      person.keys.splice(at, 1);
      return person;
    }
    throw new Error(`There is no key ${id}.`);
  }

  addGroup(path: string, name = path): StandInGroup {
    if (this.findGroup(path) !== undefined) throw new Error(`There is a group ${path} already.`);
    const group: StandInGroup = { id: this.nextId(), path, name, members: new Map() };
    this.groups.set(group.id, group);
    return group;
  }

  everyGroup(): StandInGroup[] {
    return [...this.groups.values()];
  }

  findGroup(idOrPath: string | number): StandInGroup | undefined {
    return this.groups.get(Number(idOrPath)) ?? this.everyGroup().find(({ path }) => path === idOrPath);
  }

  group(idOrPath: string | number): StandInGroup {
    const found = this.findGroup(idOrPath);
    if (found === undefined) throw new Error(`There is no group ${idOrPath}.`);
    return found;
  }

  deleteGroup(idOrPath: string | number): void {
    this.groups.delete(this.group(idOrPath).id);
  }

  /** Members of the group and of those above it, each once with the highest level (docs.gitlab.com/api/group_members). */
  allMembers(group: StandInGroup): StandInMember[] {
    const highest = new Map<number, StandInMember>();
    for (const one of this.groups.values()) {
      if (one !== group && !group.path.startsWith(`${one.path}/`)) continue;
      for (const member of one.members.values())
        if ((highest.get(member.userId)?.accessLevel ?? -1) < member.accessLevel) highest.set(member.userId, member);
    }
    return [...highest.values()].sort((a, b) => a.userId - b.userId);
  }

  private nextId(): number {
    this.lastId += 1;
    return this.lastId;
  }
}
