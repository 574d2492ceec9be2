import type { Host } from '@lxdm/api-client';
import type { Look } from '../feedback/tone-chip';

const looks: Record<Host['state'], Look> = {
  Contacting: { tone: 'busy', icon: 'sync', label: 'Contacting' },
  AwaitingConfirmation: { tone: 'warn', icon: 'fingerprint', label: 'Confirm fingerprint' },
  Connecting: { tone: 'busy', icon: 'sync', label: 'Connecting' },
  Online: { tone: 'ok', icon: 'done', label: 'Online' },
  Unreachable: { tone: 'bad', icon: 'unreachable', label: 'Unreachable' },
  Failed: { tone: 'bad', icon: 'alert', label: 'Failed' },
  Removing: { tone: 'busy', icon: 'sync', label: 'Removing' },
};

export function hostLook(state: Host['state']): Look {
  return looks[state];
}

/** What a state means for somebody who has to act on it; the server's own reason goes first. */
export function hostReason(host: Host): string | null {
  if (host.stateReason) return host.stateReason;
  switch (host.state) {
    case 'AwaitingConfirmation':
      return 'Compare its certificate fingerprint with the one on the host, then confirm it.';
    case 'Unreachable':
      return 'It does not answer. Its containers are shown as they were last seen.';
    case 'Failed':
      return 'It refused the connection.';
    case 'Contacting':
      return 'Reading its certificate.';
    case 'Connecting':
      return 'Registering with it.';
    case 'Removing':
      return 'Leaving management; nothing on it is touched.';
    case 'Online':
      return null;
  }
}

/** "LXD 5.21" or "Incus 6.0". */
export function serverText(host: Pick<Host, 'server' | 'serverVersion'>): string | null {
  if (host.server === null) return null;
  return [host.server === 'lxd' ? 'LXD' : 'Incus', host.serverVersion ?? ''].join(' ').trim();
}

/** How full the memory is, in whole percent, and when that deserves a colour. */
export function memoryUse(memory: Host['memory']): { percent: number; tight: boolean } | null {
  if (memory === null || memory.totalBytes <= 0) return null;
  const percent = Math.min(100, Math.round((memory.usedBytes / memory.totalBytes) * 100));
  return { percent, tight: percent >= 85 };
}
