import { Api, ContainerDto } from '../src/api';
import { eventually } from '../src/eventually';
import { Lab, labStatus, lxc, removeInstances } from '../src/lab';
import { Manager } from '../src/manager';
import { SshPerson } from '../src/ssh';

jest.setTimeout(240_000);

const PREFIX = 'e2ek-';
const NAME = `${PREFIX}one`;
const FILE = '/root/.ssh/authorized_keys';

interface Keys {
  checkedAt: string | null;
  error: string | null;
  keys: { fingerprint: string; comment: string; state: string; detail: string | null }[];
}

interface Redeployed {
  id: string;
  status: string;
  error: { message: string } | null;
  steps: { detail?: string }[];
}

describe('SSH keys in a real container', () => {
  let lab: Lab;
  let manager: Manager;
  let api: Api;
  let container: ContainerDto;
  let address = '';
  let booted = '';
  const first = new SshPerson();
  const second = new SshPerson();

  const inside = (...words: string[]): string => lxc(lab.hosts[0]?.name ?? '', 'exec', NAME, '--', ...words);
  const shell = (script: string): string => inside('sh', '-c', script);
  const keys = async (): Promise<Keys> => (await api.call<Keys>('GET', `/containers/${container.id}/keys`)).body;
  const settled = (): Promise<true> =>
    eventually('all keys in place', async () => {
      const { error, keys: all } = await keys();
      return error === null && all.every(({ state }) => state === 'placed') ? (true as const) : undefined;
    });
  const redeploy = async (): Promise<Redeployed> => {
    const { id } = (await api.call<Redeployed>('POST', `/containers/${container.id}/keys/redeploy`, {})).body;
    return eventually('the end of the order', async () => {
      const { body } = await api.call<Redeployed>('GET', `/operations/${id}`);
      return body.status === 'Pending' || body.status === 'Running' ? undefined : body;
    });
  };
  const addKey = async (who: SshPerson): Promise<string> =>
    (await api.call<{ id: string }>('POST', '/profile/ssh-keys', { publicKey: who.publicKey })).body.id;
  const letsIn = (who: SshPerson): Promise<string> =>
    eventually('SSH lets in', () => who.run(address, container.fqdn, 'hostname -s').catch(() => undefined));
  const refuses = (who: SshPerson): Promise<true> =>
    eventually('SSH refuses', () =>
      who.run(address, container.fqdn, 'true').then(
        () => undefined,
        (error: Error) => (/Permission denied/.test(error.message) ? (true as const) : undefined),
      ),
    );

  beforeAll(async () => {
    lab = labStatus();
    for (const host of lab.hosts) removeInstances(host.name, PREFIX);
    manager = await Manager.start();
    api = await manager.signedIn();
    await manager.addHosts(api, lab);
    await addKey(first);
    const host = await api.host(lab.hosts[0]?.name ?? '');
    const operation = await api.done('POST', '/containers', { name: NAME, hostId: host.id, image: lab.image });
    container = await eventually('its address', async () => {
      const now = await api.container(operation.target.id);
      return now.addresses.some((entry) => entry.address.includes(':')) ? now : undefined;
    });
    address = container.addresses.find((entry) => entry.address.includes(':'))?.address ?? '';
    for (const who of [first, second])
      who.knows(
        container.fqdn,
        container.hostKeys.map(({ publicKey }) => publicKey),
      );
    await letsIn(first);
    booted = inside('stat', '-c', '%Y', '/proc/1');
  });

  afterAll(async () => {
    await manager?.remove();
    for (const host of lab.hosts) removeInstances(host.name, PREFIX);
  });

  it('follow the profile within ten seconds, beside lines that somebody wrote by hand', async () => {
    await settled();
    shell(`printf '# by hand\\r\\nssh-rsa AAAAB3byhand me' >> ${FILE}`);
    const before = inside('cat', FILE);
    const addedAt = performance.now();
    const id = await addKey(second);
    await letsIn(second);
    expect(performance.now() - addedAt).toBeLessThan(10_000);
    await settled();
    expect(inside('cat', FILE)).toBe(`${before}\n${second.publicKey}\n`);
    expect(inside('stat', '-c', '%U %a', FILE, '/root/.ssh')).toBe('root 600\nroot 700\n');
    const removedAt = performance.now();
    await api.call('DELETE', `/profile/ssh-keys/${id}`);
    await refuses(second);
    expect(performance.now() - removedAt).toBeLessThan(10_000);
    await settled();
    expect(inside('cat', FILE)).toBe(`${before}\n`);
    await letsIn(first);
    expect(inside('ls', '-A', '/root/.ssh')).toBe('authorized_keys\n');
  });

  it('open the account of the image’s user, in a file of that user’s', async () => {
    shell('useradd -m -u 1000 -s /bin/bash ubuntu && useradd -m -u 1001 alice');
    expect((await redeploy()).status).toBe('Success');
    expect(inside('cat', '/home/ubuntu/.ssh/authorized_keys')).toBe(`${first.publicKey}\n`);
    const owners = inside('stat', '-c', '%U %G %a', '/home/ubuntu/.ssh', '/home/ubuntu/.ssh/authorized_keys');
    expect(owners).toBe('ubuntu ubuntu 700\nubuntu ubuntu 600\n');
    expect(inside('ls', '-A', '/home/alice')).not.toContain('.ssh');
  });

  /** What root inside may prepare, and what the page says of it. */
  it.each([
    [
      'a link',
      'rm -rf /root/.ssh; ln -s /etc /root/.ssh',
      '/root/.ssh is a symbolic link; a directory is needed there.',
    ],
    [
      'a pipe',
      `rm -rf /root/.ssh; mkdir /root/.ssh; mkfifo ${FILE}`,
      `${FILE} is a pipe, a socket or a device; a file is needed there.`,
    ],
    ['a directory', `rm -rf /root/.ssh; mkdir -p ${FILE}`, `${FILE} is a directory; a file is needed there.`],
    [
      'two gigabytes',
      `rm -rf /root/.ssh; mkdir /root/.ssh; truncate -s 2G ${FILE}`,
      `${FILE} has 2147483648 bytes; more than 262144 are not read.`,
    ],
    [
      'a device',
      `rm -rf /root/.ssh; mkdir /root/.ssh; ln -s /dev/zero ${FILE}`,
      `${FILE} is a symbolic link; a file is needed there.`,
    ],
  ])('say what is wrong when there is %s in their place', async (_what, script, words) => {
    shell(script);
    const began = performance.now();
    const ended = await redeploy();
    expect([ended.status, ended.error?.message]).toEqual(['Failure', words]);
    expect(performance.now() - began).toBeLessThan(10_000);
    const shown = await keys();
    expect(shown).toMatchObject({ error: words, keys: [{ state: 'failed', detail: words }] });
    expect(inside('ls', '/etc')).not.toContain('authorized_keys');
  });

  it('are delivered again once nothing is in the way', async () => {
    shell('rm -rf /root/.ssh');
    expect((await redeploy()).status).toBe('Success');
    expect(inside('cat', FILE)).toBe(`${first.publicKey}\n`);
    await letsIn(first);
    expect(inside('stat', '-c', '%Y', '/proc/1')).toBe(booted);
  });

  it('hold up no stop, whatever root inside has prepared', async () => {
    shell(`rm -rf /root/.ssh; mkdir /root/.ssh; mkfifo ${FILE} /etc/passwd.new; mv /etc/passwd.new /etc/passwd`);
    expect((await redeploy()).status).toBe('Failure');
    const began = performance.now();
    await api.done('PUT', `/containers/${container.id}/state`, { action: 'stop', timeoutSeconds: 20 });
    expect(performance.now() - began).toBeLessThan(30_000);
    const ended = await redeploy();
    expect(ended.status).toBe('Success');
    expect(ended.steps.at(-1)?.detail).toBe('The container does not run; its keys are delivered when it starts.');
    await api.done('DELETE', `/containers/${container.id}`);
  });
});
