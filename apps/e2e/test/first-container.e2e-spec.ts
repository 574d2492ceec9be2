import { Api, ContainerDto } from '../src/api';
import { eventually } from '../src/eventually';
import { Lab, labStatus, lxc, removeInstances } from '../src/lab';
import { Manager } from '../src/manager';
import { SshPerson } from '../src/ssh';

jest.setTimeout(240_000);

const NAME = 'E2e-First';

describe('from a bare manager to a container that answers on its name', () => {
  let lab: Lab;
  let manager: Manager;
  let api: Api;
  const person = new SshPerson();
  let container: ContainerDto;

  beforeAll(async () => {
    lab = labStatus();
    for (const host of lab.hosts) removeInstances(host.name, 'E2e-');
    manager = await Manager.start();
    api = await manager.signedIn();
  });

  afterAll(async () => {
    await manager?.remove();
    for (const host of lab.hosts) removeInstances(host.name, 'E2e-');
  });

  it('pins a host on first contact, and sends the trust password only after the admin has confirmed the fingerprint', async () => {
    const [host] = lab.hosts;
    if (!host) throw new Error('The lab has no host.');
    await api.done('POST', '/hosts', {
      name: host.name,
      url: host.url,
      trustPassword: host.trustPassword,
      subnets: lab.subnets,
    });
    const waiting = await api.host(host.name);
    expect(waiting).toMatchObject({ state: 'AwaitingConfirmation' });
    const shown = JSON.stringify(waiting);
    expect(shown).toContain(host.fingerprint);
    expect(lxc(host.name, 'config', 'trust', 'list', '--format', 'csv')).not.toContain(manager.dir);
    await api.done('PUT', `/hosts/${waiting.id}/pin`, { fingerprint: host.fingerprint });
    expect(await api.host(host.name)).toMatchObject({ state: 'Online', fingerprint: host.fingerprint });
    await eventually('the images', async () => {
      const images = (await api.call<{ aliases: string[] }[]>('GET', `/hosts/${waiting.id}/images`)).body;
      return images.some((image) => image.aliases.includes(lab.image)) || undefined;
    });
  });

  it('creates: accepted at once, Creating at once, Running soon, and the name resolves within a second of the address', async () => {
    await api.call('POST', '/profile/ssh-keys', { publicKey: person.publicKey });
    const host = await api.host(lab.hosts[0]?.name ?? '');
    expect(manager.rcode(`${NAME}.ct.example.org`, 'AAAA')).toBe('NXDOMAIN');
    const accepted = await api.ask<{ id: string; target: { id: string }; type: string; status: string }>(
      'POST',
      '/containers',
      {
        name: NAME,
        hostId: host.id,
        image: lab.image,
      },
    );
    expect(accepted.status).toBe(202);
    expect(accepted.headers.get('location')).toBe(`/api/operations/${accepted.body.id}`);
    const [listed] = await api.containers(`&filter=${NAME}`);
    expect(listed?.status).toBe('Creating');
    const fromHost = eventually('the address on the host', async () => {
      const state = JSON.parse(lxc(host.name, 'query', `/1.0/instances/${NAME}/state`)) as {
        network: Record<string, { addresses: { address: string; scope: string; family: string }[] }> | null;
      };
      const address = state.network?.['eth1']?.addresses.find(
        (entry) => entry.scope === 'global' && entry.family === 'inet6',
      )?.address;
      return address ? { address, at: performance.now() } : undefined;
    });
    const fromDns = eventually('the name to resolve', async () => {
      const [address] = manager.dig(`${NAME}.ct.example.org`, 'AAAA');
      return address ? { address, at: performance.now() } : undefined;
    });
    const [seen, resolved] = await Promise.all([fromHost, fromDns]);
    expect(resolved.address).toBe(seen.address);
    expect(resolved.at - seen.at).toBeLessThan(1_000);
    expect(await api.ended({ ...accepted.body, steps: [], error: null } as never)).toMatchObject({ status: 'Success' });
    container = await api.container(accepted.body.target.id);
    expect(container).toMatchObject({ name: NAME, status: 'Running' });
  });

  it('lets its project in by SSH over IPv6, with host keys that the manager told before, whichever of them is asked for', async () => {
    const address = container.addresses.find((entry) => entry.address.includes(':'))?.address ?? '';
    expect(container.hostKeys.map((key) => key.type).sort()).toEqual(['ecdsa', 'ed25519', 'rsa']);
    person.knows(
      container.fqdn,
      container.hostKeys.map((key) => key.publicKey),
    );
    expect((await eventually('SSH', () => person.run(address, container.fqdn, 'hostname -s'))).trim()).toBe(
      NAME.toLowerCase(),
    );
    for (const algorithm of ['ssh-ed25519', 'ecdsa-sha2-nistp256', 'rsa-sha2-512'])
      expect(await person.run(address, container.fqdn, 'echo in', '-o', `HostKeyAlgorithms=${algorithm}`)).toBe('in\n');
    expect(await person.run(address, container.fqdn, 'ip -4 -o addr show dev eth0')).toContain('10.77.');
    expect(await person.run(address, container.fqdn, 'cat /root/.ssh/authorized_keys')).toContain(person.publicKey);
  });

  it('does not let anybody else in', async () => {
    const stranger = new SshPerson();
    stranger.knows(
      container.fqdn,
      container.hostKeys.map((key) => key.publicKey),
    );
    const address = container.addresses.find((entry) => entry.address.includes(':'))?.address ?? '';
    await expect(stranger.run(address, container.fqdn, 'true')).rejects.toThrow(/Permission denied/);
  });

  it('shows within two seconds what somebody does by hand on the host, and does not fight it', async () => {
    lxc(container.host.name, 'stop', '-f', NAME);
    const stopped = performance.now();
    await eventually(
      'Stopped',
      async () => ((await api.container(container.id)).status === 'Stopped' ? true : undefined),
      10_000,
    );
    expect(performance.now() - stopped).toBeLessThan(2_000);
    lxc(container.host.name, 'start', NAME);
    await eventually(
      'Running',
      async () => ((await api.container(container.id)).status === 'Running' ? true : undefined),
      10_000,
    );
  });

  it('restarts and stops politely, starts, and keeps its name and host keys meanwhile', async () => {
    await api.done('PUT', `/containers/${container.id}/state`, { action: 'restart', timeoutSeconds: 60 });
    await api.done('PUT', `/containers/${container.id}/state`, { action: 'stop', timeoutSeconds: 60 });
    expect(lxc(container.host.name, 'list', NAME, '--format', 'csv', '-c', 's').trim()).toBe('STOPPED');
    expect(manager.dig(container.fqdn, 'AAAA')).toHaveLength(1);
    const started = await api.done('PUT', `/containers/${container.id}/state`, { action: 'start' });
    expect(started.steps.map((step) => step.name)).toEqual(['Start']);
    const address = manager.dig(container.fqdn, 'AAAA')[0] ?? '';
    expect((await eventually('SSH', () => person.run(address, container.fqdn, 'hostname -s'))).trim()).toBe(
      NAME.toLowerCase(),
    );
  });

  it('deletes it from host, list and zone', async () => {
    await api.done('DELETE', `/containers/${container.id}`);
    expect(lxc(container.host.name, 'list', NAME, '--format', 'csv')).toBe('');
    expect((await api.ask('GET', `/containers/${container.id}`)).status).toBe(404);
    await eventually(
      'NXDOMAIN',
      () => Promise.resolve(manager.rcode(container.fqdn, 'AAAA') === 'NXDOMAIN' || undefined),
      5_000,
    );
  });
});
