import type { AuditEntry } from '@lxdm/api-client';
import type { Look } from '../feedback/tone-chip';
import { operationLook } from '../operations/operation-text';

/** The kinds of actions that can be asked for, with what they are called. */
export const auditKinds = [
  { action: 'session.*', label: 'Sign-ins and sudo' },
  { action: 'user.*', label: 'People' },
  { action: 'project.*', label: 'Projects' },
  { action: 'member.*', label: 'Members' },
  { action: 'container.*', label: 'Containers' },
  { action: 'host.*', label: 'Hosts' },
  { action: 'token.*', label: 'Tokens' },
  { action: 'service.*', label: 'Services' },
  { action: 'ssh-key.*', label: 'SSH keys' },
  { action: 'gitlab.*', label: 'GitLab accounts' },
  { action: 'zone.*', label: 'Zones' },
  { action: 'static-entry.*', label: 'Static entries' },
  { action: 'dynamic-entry.*', label: 'Dynamic entries' },
  { action: 'tsig-key.*', label: 'TSIG keys' },
  { action: 'secondary.*', label: 'Secondaries' },
];

const sentences: Record<string, string> = {
  'session.sign-in': 'Sign in',
  'session.sign-out': 'Sign out',
  'session.sudo-on': 'Turn sudo on',
  'session.sudo-off': 'Turn sudo off',
  'session.end': 'End a session',
  'user.promote': 'Make administrator',
  'user.demote': 'Take administrator’s powers',
  'project.bind-group': 'Bind to a GitLab group',
  'project.unbind-group': 'Unbind from its GitLab group',
  'container.redeploy-keys': 'Redeploy SSH keys',
  'container.move-project': 'Move to another project',
  'gitlab.link': 'Link a GitLab account',
  'gitlab.unlink': 'Unlink a GitLab account',
};

const kinds: Record<string, string> = { 'ssh-key': 'SSH key', 'tsig-key': 'TSIG key', gitlab: 'GitLab account' };

/** "Start container" for what was asked, "Container started" for what was seen to happen. */
export function actionText(action: string): string {
  const known = sentences[action];
  if (known) return known;
  const [kind = '', verb = ''] = action.split('.');
  const noun = kinds[kind] ?? kind.replaceAll('-', ' ');
  const word = verb.replaceAll('-', ' ');
  return capital(/ed$/.test(word) ? `${noun} ${word}` : `${word} ${noun}`.trim());
}

/** How it ended, as far as is known now. */
export function resultLook({ result, operation }: AuditEntry): Look {
  switch (result) {
    case 'accepted':
      return operation ? operationLook(operation.status) : { tone: 'ok', icon: 'done', label: 'Accepted' };
    case 'done':
      return { tone: 'ok', icon: 'done', label: 'Done' };
    case 'refused':
      return { tone: 'warn', icon: 'cancelled', label: 'Refused' };
    case 'failed':
      return { tone: 'bad', icon: 'alert', label: 'Failed' };
  }
}

export const meansText: Record<AuditEntry['means'], string> = {
  session: 'console',
  token: 'API token',
  gitlab: 'GitLab',
  host: 'on the host',
  dns: 'dynamic update',
  cli: 'command line',
  system: 'by itself',
};

/** Where a thing is shown; null for what has no page of its own. */
export function targetLink({ kind, id, name }: AuditEntry['target'], isAdmin: boolean): AuditLink | null {
  if (id === null) return null;
  switch (kind) {
    case 'container':
      return { path: ['/containers', id], query: {} };
    case 'host':
      return { path: ['/hosts', id], query: {} };
    case 'project':
      return { path: ['/projects', id], query: {} };
    case 'user':
      return isAdmin ? { path: ['/people'], query: { filter: name } } : null;
    default:
      return null;
  }
}

export interface AuditLink {
  path: string[];
  query: Record<string, string>;
}

/** What else is known, as rows of words: `oldName` becomes "Old name". */
export function detailRows(detail: AuditEntry['detail']): { label: string; value: string }[] {
  return Object.entries(detail ?? {})
    .filter(([, value]) => value !== null && value !== '')
    .map(([key, value]) => ({
      label: capital(key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).replaceAll('_', ' ')),
      value: typeof value === 'string' ? value : JSON.stringify(value),
    }));
}

/** The same in a line, for the row: enough to tell entries apart. */
export function detailLine(detail: AuditEntry['detail']): string {
  const told = Object.entries(detail ?? {}).filter(
    ([key, value]) => typeof value === 'string' && !/Id$|^(issuer|fingerprint|method)$/.test(key),
  );
  // What it was comes before what it became, however the two were stored.
  told.sort(([a], [b]) => Number(b === 'from') - Number(a === 'from'));
  const line = detailRows(Object.fromEntries(told))
    .map(({ label, value }) => `${label.toLowerCase()} ${value}`)
    .join(', ');
  return line.length > 90 ? `${line.slice(0, 89)}…` : line;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
