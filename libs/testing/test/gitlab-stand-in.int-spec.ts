import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GitlabStandIn } from '../src/index';

describe('the stand-in of GitLab', () => {
  let gitlab: GitlabStandIn;
  let receiver: Server;
  let hookUrl: string;
  const hooks: { headers: IncomingHttpHeaders; body: Record<string, unknown> }[] = [];

  beforeAll(async () => {
    gitlab = await GitlabStandIn.start({ prefix: '/git', hookToken: 'hook-secret' });
    receiver = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        hooks.push({ headers: request.headers, body: JSON.parse(Buffer.concat(chunks).toString()) as never });
        response.writeHead(204).end();
      });
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    hookUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
  });
  afterAll(async () => {
    await gitlab.stop();
    receiver.closeAllConnections();
    await new Promise((resolve) => receiver.close(resolve));
  });

  it('sends a hook with the token, when told to', async () => {
    expect(await gitlab.tell('sendHook', hookUrl, 'key_create', { username: 'x' })).toEqual({ status: 204 });
    expect(hooks.at(-1)).toMatchObject({
      headers: { 'x-gitlab-token': 'hook-secret', 'x-gitlab-event': 'System Hook' },
      body: { event_name: 'key_create', username: 'x' },
    });
    expect(await gitlab.tell('sendHook', 'http://127.0.0.1:1/', 'key_create')).toEqual({ status: null });
  });

  it('tells of changes by itself, and of a blocked account nothing', async () => {
    hooks.length = 0;
    await gitlab.tell('hookTo', hookUrl);
    const { id } = await gitlab.tell('addPerson', 'hooked');
    await gitlab.tell('setState', 'hooked', 'blocked');
    await gitlab.tell('addGroup', 'team');
    await gitlab.tell('setMember', 'team', 'hooked', 30);
    await gitlab.tell('renamePerson', id, 'renamed');
    await gitlab.tell('deletePerson', id);
    for (const end = Date.now() + 4000; hooks.length < 5 && Date.now() < end;) await new Promise(setImmediate);
    expect(hooks.map(({ body }) => body['event_name']).sort()).toEqual(
      ['group_create', 'user_add_to_group', 'user_create', 'user_destroy', 'user_rename'].sort(),
    );
  });

  it('has who it was given at its start, with the same numbers each time', async () => {
    const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA x';
    const groups = [{ path: 'team', members: { ada: 40 } }];
    const other = await GitlabStandIn.start({ people: [{ username: 'ada', id: 7, keys: [key] }], groups });
    const token = { headers: { authorization: `Bearer ${other.introduction.apiToken}` } };
    const members = await fetch(new URL('api/v4/groups/team/members/all', other.url), token);
    expect(await members.json()).toMatchObject([{ id: 7, username: 'ada', access_level: 40 }]);
    expect(await (await fetch(new URL('api/v4/users/7/keys', other.url))).json()).toMatchObject([{ key }]);
    await other.stop();
  });

  it('obeys nobody without the key, and nothing unknown', async () => {
    const control = (authorization: string): Promise<Response> =>
      fetch(new URL('/control', gitlab.url), { method: 'POST', headers: { authorization }, body: '{"do":"people"}' });
    expect((await control('')).status).toBe(404);
    expect((await control('Bearer wrong')).status).toBe(404);
    expect((await control(`Bearer ${gitlab.introduction.controlKey}`)).status).toBe(200);
    await expect(gitlab.tell('constructor' as 'people')).rejects.toThrow('no command');
  });

  it('is a page under its prefix only, and shows what it was asked', async () => {
    await gitlab.tell('requests');
    expect((await fetch(new URL('/api/v4/user', gitlab.url))).status).toBe(404);
    expect((await fetch(new URL('api/v4/user', gitlab.url))).status).toBe(401);
    expect(await gitlab.tell('requests')).toEqual([{ call: 'GET /api/v4/user', status: 401 }]);
  });
});
