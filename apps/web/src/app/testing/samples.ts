import type { Container, ContainerDetail, Host, Operation } from '@lxdm/api-client';

const at = '2026-01-01T12:00:00.000Z';

export function container(part: Partial<Container> = {}): Container {
  const name = part.name ?? 'web1';
  return {
    id: `id-${name}`,
    name,
    status: 'Running',
    project: { id: 'p1', name: 'team' },
    host: { id: 'h1', name: 'hydra' },
    addresses: [],
    createdAt: at,
    ...part,
  };
}

export function containerDetail(part: Partial<ContainerDetail> = {}): ContainerDetail {
  return {
    ...container(part),
    observedAt: at,
    fqdn: `${part.name ?? 'web1'}.ct.example.org`,
    description: '',
    image: 'debian/12',
    nesting: false,
    error: null,
    hostKeys: [],
    generation: 1,
    observedGeneration: 1,
    hwaddr: { eth0: '', eth1: '' },
    operations: [],
    sshCommand: null,
    userData: '',
    vendorDataPreview: '',
    networkConfig: '',
    ...part,
  } as ContainerDetail;
}

export function operation(part: Partial<Operation> = {}): Operation {
  return {
    id: 'o1',
    type: 'container.start',
    status: 'Running',
    target: { kind: 'container', id: 'id-web1', name: 'web1' },
    steps: [],
    progress: null,
    error: null,
    requestedBy: null,
    createdAt: at,
    startedAt: at,
    finishedAt: null,
    ...part,
  };
}

export function host(part: Partial<Host> = {}): Host {
  return {
    id: 'h1',
    name: 'hydra',
    url: 'https://hydra.example.org:8443',
    server: 'lxd',
    serverVersion: '5.21',
    fingerprint: null,
    state: 'Online',
    stateReason: null,
    subnets: [],
    lastSeenAt: at,
    containers: { total: 0, running: 0 },
    memory: null,
    monitoringUrl: null,
    createdAt: at,
    ...part,
  };
}
