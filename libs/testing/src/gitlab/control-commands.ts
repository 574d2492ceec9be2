import { walkSignIn } from './browser-walk';
import type { GitlabWorld, StandInKey, StandInState } from './gitlab-world';
import type { Oauth } from './oauth-provider';
import type { RequestLog, SeenRequest } from './request-log';
import type { StandInFault, StandInFaults, StandInFaultScope } from './stand-in-faults';
import type { StandInSettings } from './stand-in-settings';
import type { HookDelivery, SystemHooks } from './system-hooks';

/** What the commands work on. */
export interface StandInParts {
  readonly settings: StandInSettings;
  readonly world: GitlabWorld;
  readonly oauth: Oauth;
  readonly faults: StandInFaults;
  readonly hooks: SystemHooks;
  readonly log: RequestLog;
}

/** A key to be added. */
export interface NewKey {
  readonly key: string;
  readonly title?: string;
  readonly expiresAt?: string;
  readonly usageType?: StandInKey['usage_type'];
}

/** All that a test, the demo or a person with curl can make the stand-in do; people by number or name, groups by number or path. */
export class ControlCommands {
  constructor(private readonly parts: StandInParts) {}

  addPerson(username: string, name?: string, state?: StandInState, id?: number): { id: number } {
    const person = this.parts.world.addPerson(username, name, state, id);
    this.parts.hooks.fire('user_create', { user_id: person.id, username, name: person.name });
    return { id: person.id };
  }

  renamePerson(who: string | number, username: string): void {
    const person = this.parts.world.person(who);
    const old = person.username;
    person.username = username;
    this.parts.hooks.fire('user_rename', { user_id: person.id, username, name: person.name, old_username: old });
  }

  /** Nobody is told: GitLab has no hook for it. */
  setState(who: string | number, state: StandInState): void {
    this.parts.world.person(who).state = state;
  }

  deletePerson(who: string | number): void {
    const { id, username, name } = this.parts.world.person(who);
    this.parts.world.deletePerson(who);
    this.parts.hooks.fire('user_destroy', { user_id: id, username, name });
  }

  people(): { id: number; username: string; state: StandInState; keys: StandInKey[] }[] {
    return this.parts.world.everybody().map(({ id, username, state, keys }) => ({ id, username, state, keys }));
  }

  addKey(who: string | number, key: NewKey): { id: number } {
    const { id } = this.parts.world.addKey(who, key);
    this.parts.hooks.fire('key_create', { username: this.parts.world.person(who).username, key: key.key, id });
    return { id };
  }

  /** Many at once, of which nobody is told. */
  addKeys(who: string | number, keys: readonly NewKey[]): void {
    for (const key of keys) this.parts.world.addKey(who, key);
  }

  removeKey(id: number): void {
    const { username } = this.parts.world.removeKey(id);
    this.parts.hooks.fire('key_destroy', { username, id });
  }

  addGroup(path: string, name?: string): { id: number } {
    const group = this.parts.world.addGroup(path, name);
    this.parts.hooks.fire('group_create', { group_id: group.id, name: group.name, path, full_path: path });
    return { id: group.id };
  }

  deleteGroup(which: string | number): void {
    const { id, path, name } = this.parts.world.group(which);
    this.parts.world.deleteGroup(which);
    this.parts.hooks.fire('group_destroy', { group_id: id, name, path, full_path: path });
  }

  /** 10 guest, 20 reporter, 30 developer, 40 maintainer, 50 owner. */
  setMember(which: string | number, who: string | number, accessLevel: number, expiresAt?: string): void {
    const group = this.parts.world.group(which);
    const person = this.parts.world.person(who);
    const event = group.members.has(person.id) ? 'user_update_for_group' : 'user_add_to_group';
    group.members.set(person.id, { userId: person.id, accessLevel, expiresAt: expiresAt ?? null });
    this.tellMember(event, group.id, group.path, person.id, person.username);
  }

  removeMember(which: string | number, who: string | number): void {
    const group = this.parts.world.group(which);
    const person = this.parts.world.person(who);
    group.members.delete(person.id);
    this.tellMember('user_remove_from_group', group.id, group.path, person.id, person.username);
  }

  inject(fault: StandInFault, scope?: StandInFaultScope): void {
    this.parts.faults.inject(fault, scope);
  }

  /** Ends all faults, also those of the tokens. */
  heal(): void {
    this.parts.faults.heal();
    this.tokensLast(7200);
    this.refuseRefresh(false);
  }

  /** Access tokens that are given from now on. */
  tokensLast(seconds: number): void {
    this.parts.oauth.knobs.tokenSeconds = seconds;
  }

  /** Every refresh is answered by invalid_grant. */
  refuseRefresh(refuse: boolean): void {
    this.parts.oauth.store.refuseRefresh = refuse;
  }

  /** Access tokens are taken no more (401); refresh tokens still are. */
  dropAccessTokens(who?: string | number): void {
    this.parts.oauth.store.revoke(this.accountOf(who), 'AccessToken');
  }

  /** As when the person revokes the application. */
  revokeTokens(who?: string | number): void {
    this.parts.oauth.store.revoke(this.accountOf(who));
  }

  /** One more address that the application may name as its callback. */
  allowRedirect(uri: string): void {
    this.parts.settings.redirectUris.add(uri);
  }

  /** Walks through the sign-in as a browser and returns the address of the callback, unopened. */
  async signIn(authorizeUrl: string, username: string): Promise<string> {
    return walkSignIn(authorizeUrl, username);
  }

  async deny(authorizeUrl: string): Promise<string> {
    return walkSignIn(authorizeUrl, '', true);
  }

  /** From now on changes are told there; null tells nobody. */
  hookTo(url: string | null): void {
    this.parts.hooks.url = url ?? undefined;
  }

  async sendHook(
    url: string,
    event: string,
    body?: Record<string, unknown>,
    token?: string,
  ): Promise<{ status: number | null }> {
    return { status: await this.parts.hooks.send(url, event, body, token) };
  }

  hookDeliveries(): readonly HookDelivery[] {
    return this.parts.hooks.deliveries;
  }

  /** What was asked since the last time that this was called. */
  requests(): SeenRequest[] {
    return this.parts.log.take();
  }

  private accountOf(who: string | number | undefined): string | undefined {
    return who === undefined ? undefined : String(this.parts.world.person(who).id);
  }

  private tellMember(event: string, groupId: number, path: string, userId: number, username: string): void {
    const group = { group_id: groupId, group_name: path, group_path: path };
    this.parts.hooks.fire(event, { ...group, user_id: userId, user_username: username, user_name: username });
  }
}
