import { LxdRefusal } from './lxd-refusal';
import { sync } from './reply';
import type { Route } from './router';

/** GET /1.0, certificates, networks and hardware. */
export const serverRoutes: readonly Route[] = [
  {
    method: 'GET',
    pattern: [],
    open: true,
    handle: (request, parts) => {
      const seen = {
        api_extensions: parts.apiExtensions,
        api_status: 'stable',
        api_version: '1.0',
        auth: request.trusted ? 'trusted' : 'untrusted',
        public: false,
        auth_methods: ['tls'],
      };
      if (!request.trusted) return sync(seen);
      const { cert, fingerprint } = parts.certificate();
      return sync({
        ...seen,
        config: { 'core.https_address': new URL(parts.url()).host, 'core.trust_password': true },
        environment: {
          addresses: [new URL(parts.url()).host],
          architectures: ['x86_64', 'i686'],
          certificate: cert,
          certificate_fingerprint: fingerprint,
          driver: 'lxc',
          driver_version: '5.0.2',
          kernel: 'Linux',
          kernel_architecture: 'x86_64',
          kernel_version: '6.1.0',
          os_name: 'Debian GNU/Linux',
          os_version: '12',
          project: 'default',
          server: parts.server,
          server_clustered: false,
          server_name: parts.name,
          server_pid: 1,
          server_version: parts.server === 'lxd' ? '5.0.2' : '6.0.4',
          storage: 'btrfs',
          storage_version: '6.2',
        },
      });
    },
  },
  {
    method: 'POST',
    pattern: ['certificates'],
    open: true,
    handle: (request, parts) => {
      parts.trust.join(request);
      return sync(null, { status: 201 });
    },
  },
  { method: 'GET', pattern: ['certificates'], handle: (_request, parts) => sync(parts.trust.list()) },
  {
    method: 'DELETE',
    pattern: ['certificates', '*'],
    handle: (request, parts) => {
      if (!parts.trust.delete(request.segments[1] ?? '')) throw new LxdRefusal(404, 'Certificate not found');
      return sync({});
    },
  },
  {
    method: 'GET',
    pattern: ['networks'],
    handle: (_request, parts) =>
      sync([
        network('lxdintern', true, {
          'ipv4.address': `${parts.networks.intern}.1/24`,
          'ipv4.nat': 'true',
          'ipv6.address': 'none',
        }),
        network('lxdextern', false, {}),
      ]),
  },
  {
    method: 'GET',
    pattern: ['resources'],
    handle: () =>
      sync({ cpu: { architecture: 'x86_64', total: 2 }, memory: { used: 1_103_409_152, total: 25_769_803_776 } }),
  },
];

function network(name: string, managed: boolean, config: Readonly<Record<string, string>>): Record<string, unknown> {
  return {
    config,
    description: '',
    name,
    type: 'bridge',
    used_by: ['/1.0/profiles/default'],
    managed,
    status: managed ? 'Created' : '',
    locations: managed ? ['none'] : null,
  };
}
