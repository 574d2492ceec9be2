import { GitlabStandIn } from '@lxdm/testing';
import { Api, ContainerDto } from '../src/api';
import { eventually } from '../src/eventually';
import { Lab, labStatus, lxc, removeInstances } from '../src/lab';
import { Manager } from '../src/manager';
import { SshPerson } from '../src/ssh';

jest.setTimeout(300_000);

const PREFIX = 'e2ep-';
const MINUTE = 60_000;

interface Person {
  id: string;
  username: string;
  standing: string;
  gitlab: { syncError: string | null } | null;
}

describe('people: keys follow the team', () => {
  let lab: Lab;
  let gitlab: GitlabStandIn;
  let manager: Manager;
  let admin: Api;
  let ada: Api;
  let bob: Api;
  let container: ContainerDto;
  let address = '';
  let booted = '';
  const adasLaptop = new SshPerson();
  const adasPhone = new SshPerson();
  const bobsLaptop = new SshPerson();

  /** Signs somebody in with GitLab and returns where the browser ends up. */
  const signIn = (api: Api, username: string): Promise<string> =>
    api.signInWithGitlab((url) => gitlab.tell('signIn', url, username));
  const person = async (username: string): Promise<Person> => {
    const { items } = (await admin.call<{ items: Person[] }>('GET', `/people?filter=${username}`)).body;
    const found = items.find((one) => one.username === username);
    if (!found) throw new Error(`There is no ${username}.`);
    return found;
  };
  const approve = async (username: string): Promise<void> => {
    await admin.call('PUT', `/people/${(await person(username)).id}/standing`, {
      standing: 'active',
      reason: 'one of us',
    });
  };
  const letsIn = (who: SshPerson): Promise<string> =>
    eventually('SSH lets in', () => who.run(address, container.fqdn, 'hostname -s').catch(() => undefined), MINUTE);
  const refuses = (who: SshPerson): Promise<true> =>
    eventually(
      'SSH refuses',
      () =>
        who.run(address, container.fqdn, 'true').then(
          () => undefined,
          (error: Error) => (/Permission denied/.test(error.message) ? (true as const) : undefined),
        ),
      MINUTE,
    );
  const hostOf = () => lab.hosts[0]?.name ?? '';

  beforeAll(async () => {
    lab = labStatus();
    for (const host of lab.hosts) removeInstances(host.name, PREFIX);
    gitlab = await GitlabStandIn.start();
    const { url, clientId, clientSecret, apiToken, hookToken } = gitlab.introduction;
    for (const name of ['ada', 'bob']) await gitlab.tell('addPerson', name);
    await gitlab.tell('addKey', 'ada', { key: adasLaptop.publicKey });
    manager = await Manager.start(
      { GITLAB_URL: url },
      { gitlab_id: clientId, gitlab_secret: clientSecret, gitlab_token: apiToken, gitlab_hook: hookToken },
    );
    await gitlab.tell('allowRedirect', `${manager.origin}/social-auth/complete/gitlab/`);
    admin = await manager.signedIn();
    await manager.addHosts(admin, lab);
    [ada, bob] = [new Api(manager.origin), new Api(manager.origin)];
  });

  afterAll(async () => {
    await manager?.remove();
    await gitlab?.stop();
    for (const host of lab.hosts) removeInstances(host.name, PREFIX);
  });

  it('a newcomer signs in with GitLab, waits, and is let in by an admin without signing in again', async () => {
    await signIn(ada, 'ada');
    expect((await ada.known()).user).toMatchObject({ username: 'ada', standing: 'waiting', isAdmin: false });
    expect(await ada.ask('GET', '/containers')).toMatchObject({ status: 403, body: { code: 'not-approved' } });
    await approve('ada');
    expect((await ada.known()).user).toMatchObject({ standing: 'active' });
    expect((await ada.ask('GET', '/containers')).status).toBe(200);
  });

  it('creates a container that lets in with the key from GitLab', async () => {
    await eventually('the key from GitLab', async () => {
      const keys = (await ada.call<{ source: string }[]>('GET', '/profile/ssh-keys')).body;
      return keys.some(({ source }) => source === 'gitlab') || undefined;
    });
    const host = await ada.host(hostOf());
    const operation = await ada.done('POST', '/containers', {
      name: `${PREFIX}one`,
      hostId: host.id,
      image: lab.image,
    });
    container = await eventually('its address', async () => {
      const now = await ada.container(operation.target.id);
      return now.addresses.some((entry) => entry.address.includes(':')) ? now : undefined;
    });
    address = container.addresses.find((entry) => entry.address.includes(':'))?.address ?? '';
    for (const who of [adasLaptop, adasPhone, bobsLaptop])
      who.knows(
        container.fqdn,
        container.hostKeys.map(({ publicKey }) => publicKey),
      );
    expect((await letsIn(adasLaptop)).trim()).toBe(`${PREFIX}one`);
    await refuses(bobsLaptop);
    booted = lxc(hostOf(), 'exec', `${PREFIX}one`, '--', 'stat', '-c', '%Y', '/proc/1');
    lxc(hostOf(), 'exec', `${PREFIX}one`, '--', 'sh', '-c', 'echo "# by hand" >> /root/.ssh/authorized_keys');
  });

  it('a key that is added in GitLab lets in within a minute, and one that is removed does not', async () => {
    const { id } = await gitlab.tell('addKey', 'ada', { key: adasPhone.publicKey });
    await letsIn(adasPhone);
    await gitlab.tell('removeKey', id);
    await refuses(adasPhone);
    await letsIn(adasLaptop);
  });

  it('a member of the project is let in, and who leaves it is not', async () => {
    await gitlab.tell('addKey', 'bob', { key: bobsLaptop.publicKey });
    await signIn(bob, 'bob');
    await approve('bob');
    const { id: userId } = await person('bob');
    const projectId = container.project?.id;
    expect((await bob.ask('GET', `/containers/${container.id}`)).status).toBe(404);
    await ada.call('PUT', `/projects/${projectId}/members/${userId}`, { role: 'operator' });
    await letsIn(bobsLaptop);
    expect((await bob.ask('GET', `/containers/${container.id}`)).status).toBe(200);
    await bob.call('DELETE', `/projects/${projectId}/members/${userId}`);
    await refuses(bobsLaptop);
    expect((await bob.ask('GET', `/containers/${container.id}`)).status).toBe(404);
    await ada.call('PUT', `/projects/${projectId}/members/${userId}`, { role: 'operator' });
    await letsIn(bobsLaptop);
  });

  it('who may only look is not let in', async () => {
    const { id: userId } = await person('bob');
    const member = `/projects/${container.project?.id}/members/${userId}`;
    await ada.call('PUT', member, { role: 'viewer' });
    await refuses(bobsLaptop);
    expect((await bob.ask('GET', `/containers/${container.id}`)).status).toBe(200);
    await ada.call('PUT', member, { role: 'operator' });
    await letsIn(bobsLaptop);
  });

  it('who is blocked loses session, token, stream and keys', async () => {
    const { token } = (await bob.call<{ token: string }>('POST', '/profile/tokens', { name: 'script', scope: 'read' }))
      .body;
    const byToken = () => fetch(`${manager.origin}/api/containers`, { headers: { Authorization: `Token ${token}` } });
    expect((await byToken()).status).toBe(200);
    const stream = await fetch(`${manager.origin}/api/events`, { headers: { Cookie: bob.cookieHeader() } });
    expect(stream.status).toBe(200);
    const ended = stream.text();
    await admin.call('PUT', `/people/${(await person('bob')).id}/standing`, {
      standing: 'blocked',
      reason: 'left the team',
    });
    await ended;
    expect((await byToken()).status).toBe(401);
    expect((await bob.ask('GET', '/containers')).status).toBe(401);
    await refuses(bobsLaptop);
    await letsIn(adasLaptop);
  });

  it('GitLab being silent changes nothing; its word that somebody is blocked does', async () => {
    await gitlab.tell('inject', { kind: 'down' });
    await eventually('the sync to notice', async () => (await person('ada')).gitlab?.syncError ?? undefined, MINUTE);
    expect((await ada.ask('GET', '/containers')).status).toBe(200);
    await letsIn(adasLaptop);
    await gitlab.tell('heal');
    await gitlab.tell('setState', 'ada', 'blocked');
    await refuses(adasLaptop);
    expect((await ada.ask('GET', '/containers')).status).toBe(401);
  });

  it('all of it without a restart, and without touching what somebody wrote by hand', () => {
    expect(lxc(hostOf(), 'exec', `${PREFIX}one`, '--', 'stat', '-c', '%Y', '/proc/1')).toBe(booted);
    expect(lxc(hostOf(), 'exec', `${PREFIX}one`, '--', 'cat', '/root/.ssh/authorized_keys')).toContain('# by hand\n');
  });

  it('the log tells who did it', async () => {
    const { items } = (
      await admin.call<{ items: { action: string; actor: { name: string }; sudo: boolean }[] }>(
        'GET',
        '/audit?limit=200',
      )
    ).body;
    const told = items.map(({ action, actor, sudo }) => `${actor.name} ${action}${sudo ? ' (sudo)' : ''}`);
    expect(told).toEqual(
      expect.arrayContaining([
        'ada session.sign-in',
        'admin user.approve (sudo)',
        'ada container.create',
        'ada member.add',
        'bob member.remove',
        'admin user.block (sudo)',
      ]),
    );
  });
});
