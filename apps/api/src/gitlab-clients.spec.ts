import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newKeyRing } from '@lxdm/crypto';
import { loadApiSettings } from './api-settings';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'lxdm-gitlab-clients-'));
  put({ session: 's'.repeat(43), db_encrypt: newKeyRing(), dns_encrypt: newKeyRing() });
});
afterEach(() => rmSync(dir, { recursive: true }));

function put(files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text);
}

const load = (GITLAB_URL?: string) =>
  loadApiSettings({
    DATABASE_URL: 'postgres://u:p@localhost/db',
    REDIS_URL: 'redis://localhost/0',
    LXDM_SECRETS_DIR: dir,
    ...(GITLAB_URL === undefined ? {} : { GITLAB_URL }),
  });

it('there is no GitLab without the setting', async () => {
  expect((await load()).gitlabs).toEqual([]);
});

it('each GitLab has its own secrets', async () => {
  put({
    gitlab_id: 'id\n',
    gitlab_secret: ' secret ',
    gitlab_hook: 'hook',
    gitlab_id_lab: 'id2',
    gitlab_secret_lab: 's2',
    gitlab_token_lab: 't2',
  });
  expect((await load('https://git.example lab=https://lab.example/git')).gitlabs).toEqual([
    {
      prefix: '',
      issuer: 'https://git.example/',
      name: 'git.example',
      clientId: 'id',
      clientSecret: 'secret',
      token: null,
      hookSecret: 'hook',
    },
    {
      prefix: 'lab',
      issuer: 'https://lab.example/git/',
      name: 'lab',
      clientId: 'id2',
      clientSecret: 's2',
      token: 't2',
      hookSecret: null,
    },
  ]);
});

it('names every secret that is missing or not usable, and none of what is in them', async () => {
  put({ gitlab_id: '', gitlab_secret: 'hunter2 hunter2', gitlab_secret_lab: 'hunter3' });
  const fault = load('https://git.example lab=https://lab.example');
  await expect(fault).rejects.toThrow(
    /gitlab_secret must hold one word[^]*gitlab_id is needed[^]*gitlab_id_lab is needed/,
  );
  await expect(fault).rejects.not.toThrow(/hunter/);
});

it.each(['git.example', 'https://user:hunter2@git.example/', 'https://a.example https://b.example'])(
  'does not start with GITLAB_URL %j',
  async (url) => {
    await expect(load(url)).rejects.toThrow(/GITLAB_URL/);
    await expect(load(url)).rejects.not.toThrow(/hunter/);
  },
);
