// @ts-check
/** Whether the ports of the settings are free, asked before anything long is begun. */
import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

/** @param {import('./settings.mjs').Settings} settings @returns {Promise<string[]>} one sentence a fault */
export async function portFaults({ bind, httpPort, dnsPort, metricsPort, demoGitlabPort, gitlabStandIn }) {
  const answers = await Promise.all([
    tcp(bind, httpPort).then((code) => sentence(code, 'LXDM_HTTP_PORT', bind, httpPort, 'console and API')),
    tcp(bind, dnsPort).then((code) => sentence(code, 'LXDM_DNS_PORT', bind, dnsPort, 'name server, TCP')),
    udp(bind, dnsPort).then((code) => sentence(code, 'LXDM_DNS_PORT', bind, dnsPort, 'name server, UDP')),
    ...[0, 1, 2, 3].map((n) =>
      tcp('127.0.0.1', metricsPort + n).then((code) =>
        sentence(code, 'LXDM_METRICS_PORT', '127.0.0.1', metricsPort + n, 'health and metrics'),
      ),
    ),
    ...(gitlabStandIn
      ? [
          tcp('127.0.0.1', demoGitlabPort).then((code) =>
            sentence(code, 'LXDM_DEMO_GITLAB_PORT', '127.0.0.1', demoGitlabPort, "the demo's GitLab"),
          ),
        ]
      : []),
  ]);
  return answers.filter((text) => text !== undefined);
}

/** @param {string | undefined} code @param {string} name @param {string} bind @param {number} port @param {string} use */
function sentence(code, name, bind, port, use) {
  if (!code) return undefined;
  const where = `${bind.includes(':') ? `[${bind}]` : bind}:${port}`;
  if (code === 'EADDRINUSE')
    return `${where} (${use}) is in use by another process: end that one or set ${name} to a free port.`;
  if (code === 'EACCES') return `${where} (${use}) needs root's rights: set ${name} to a port above 1023.`;
  if (code === 'EADDRNOTAVAIL') return `LXDM_BIND is no address of this machine.`;
  return `${where} (${use}) cannot be used (${code}): set LXDM_BIND or ${name} to something else.`;
}

/** @param {string} host @param {number} port @returns {Promise<string | undefined>} */
function tcp(host, port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (/** @type {NodeJS.ErrnoException} */ error) => resolve(error.code ?? 'error'));
    server.listen({ port, host }, () => server.close(() => resolve(undefined)));
  });
}

/** @param {string} host @param {number} port @returns {Promise<string | undefined>} */
function udp(host, port) {
  return new Promise((resolve) => {
    const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
    socket.once('error', (/** @type {NodeJS.ErrnoException} */ error) => {
      socket.close();
      resolve(error.code ?? 'error');
    });
    socket.bind(port, host, () => socket.close(() => resolve(undefined)));
  });
}
