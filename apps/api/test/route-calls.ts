import type { Team } from './another-team';

/** Who asks, and what is theirs. */
export interface Own {
  userId: string;
  project: string;
  container: string;
}

/** How an operation is called with the ids of another team. */
export interface RouteCall {
  operationId: string;
  /** For the parameters of its path, in their order. */
  ids: (theirs: Team, own: Own) => string[];
  body?: (theirs: Team, own: Own) => object;
  query?: (theirs: Team) => string;
  /**
   * `hidden`: 404, or 403 where the thing is no secret; `refused`: a body that names what is not theirs; both leave every table alone.
   * `own`: it is about the caller, or filters a list: it may succeed, and tells nothing of others.
   */
  answer: 'hidden' | 'refused' | 'own';
}

const call =
  (answer: RouteCall['answer'], ids: RouteCall['ids'] = () => []) =>
  (operationId: string, body?: RouteCall['body'], query?: RouteCall['query']): RouteCall => ({
    operationId,
    ids,
    answer,
    ...(body && { body }),
    ...(query && { query }),
  });

const own = call('own');
const refused = call('refused');
const forAdmins = call('hidden');
const onProject = call('hidden', (t) => [t.project]);
const onContainer = call('hidden', (t) => [t.container]);
const onEntry = call('hidden', (t) => [t.entry]);
const onHost = call('hidden', (t) => [t.host]);
const onStaticEntry = call('hidden', (t) => [t.staticEntry]);
const onPerson = call('hidden', (t) => [t.owner]);
const onService = call('hidden', (t) => [t.project, t.service]);
const onServiceAsMine = call('hidden', (t, me) => [me.project, t.service]);

const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGRlYWRiZWVmZGVhZGJlZWZkZWFkYmVlZmRlYWRiZWVm me@here';
const PIN = 'ab'.repeat(32);

/** Every operation of the API, at least once: a new one has to be entered here. */
export const ROUTE_CALLS: RouteCall[] = [
  own('getSession'),
  own('getSignInOptions'),
  own('signIn', () => ({ username: 'zanzibar-owner', password: 'wrong wrong wrong' })),
  own('signOut'),
  forAdmins('startSudo', () => ({ password: 'wrong wrong wrong' })),
  own('endSudo'),

  forAdmins('listPeople'),
  own('searchPeople', undefined, () => 'name=zanzibar-service'),
  onPerson('changeStanding', () => ({ standing: 'blocked' })),
  onPerson('changeAdmin', () => ({ isAdmin: true })),

  own('listSshKeys'),
  own('addSshKey', () => ({ publicKey: KEY })),
  call('hidden', (t) => [t.sshKey])('removeSshKey'),
  own('listTokens'),
  own('createToken', () => ({ name: 'mine', scope: 'read' })),
  call('hidden', () => [])('createToken', () => ({ name: 'mine', scope: 'admin' })),
  call('hidden', (t) => [t.token])('revokeToken'),
  call('hidden', (t) => [t.serviceToken])('revokeToken'),
  own('listSessions'),
  call('hidden', (t) => [t.session])('endSession'),
  own('changePassword', () => ({ current: 'wrong wrong wrong', password: 'another long password' })),
  own('getGitlabLink'),
  own('removeGitlabLink'),

  own('listHosts'),
  call('own', (t) => [t.host])('getHost'),
  call('own', (t) => [t.host])('listHostImages'),
  forAdmins('addHost', () => ({ name: 'h', url: 'https://h.example:8443', subnets: ['2001:db8::/64'] })),
  onHost('removeHost', undefined, () => 'force=true'),
  onHost('confirmHost', () => ({ fingerprint: PIN })),

  own('listProjects'),
  own('createProject', () => ({ name: `mine-${Math.random()}` })),
  onProject('getProject'),
  onProject('changeProject', () => ({ name: 'taken over' })),
  onProject('deleteProject'),
  call('hidden', (t, me) => [t.project, me.userId])('setProjectMember', () => ({ role: 'owner' })),
  call('hidden', (t) => [t.project, t.owner])('setProjectMember', () => ({ role: 'viewer' })),
  call('hidden', (t) => [t.project, t.owner])('removeProjectMember'),
  call('hidden', (t, me) => [t.project, me.userId])('removeProjectMember'),
  onProject('bindGitlabGroup', () => ({ path: 'mine' })),
  onProject('unbindGitlabGroup'),
  onProject('createService', () => ({ name: 'spy', role: 'viewer' })),
  onService('removeService'),
  onServiceAsMine('removeService'),
  onService('listServiceTokens'),
  onServiceAsMine('listServiceTokens'),
  onService('createServiceToken', () => ({ name: 'spy', scope: 'write' })),
  onServiceAsMine('createServiceToken', () => ({ name: 'spy', scope: 'write' })),
  call('hidden', (t) => [t.project, t.service, t.serviceToken])('revokeServiceToken'),
  call('hidden', (t, me) => [me.project, t.service, t.serviceToken])('revokeServiceToken'),

  own('listContainers'),
  own('listContainers', undefined, (t) => `projectId=${t.project}`),
  own('listContainers', undefined, () => 'filter=zanzibar'),
  own('listContainers', undefined, () => 'sort=status'),
  onContainer('getContainer'),
  onContainer('deleteContainer', undefined, () => 'force=true'),
  onContainer('changeContainerState', () => ({ action: 'stop', force: true })),
  onContainer('moveContainer', (_theirs, me) => ({ projectId: me.project })),
  call('refused', (_theirs, me) => [me.container])('moveContainer', (t) => ({ projectId: t.project })),
  onContainer('listContainerKeys'),
  onContainer('redeployKeys'),
  refused('createContainer', (t) => ({ name: 'intruder', hostId: t.host, image: 'debian', projectId: t.project })),

  own('listOperations'),
  own('listOperations', undefined, (t) => `targetId=${t.container}`),
  own('listOperations', undefined, (t) => `targetId=${t.host}`),
  call('hidden', (t) => [t.operation])('getOperation'),

  own('listDynamicEntries'),
  own('listDynamicEntries', undefined, () => 'filter=zanzibar'),
  onEntry('getDynamicEntry'),
  forAdmins('createDynamicEntry', () => ({ title: 'mine', template: 'mine TXT "%s"', owners: [], networks: [] })),
  onEntry('changeDynamicEntry', () => ({ title: 'mine', template: 'mine TXT "%s"', owners: [], networks: [] })),
  onEntry('setEntryValues', () => ({ value: 'intruder' })),
  onEntry('addEntryValue', () => ({ value: 'intruder' })),
  call('hidden', (t) => [t.entry, t.entryValue])('removeEntryValue'),
  onContainer('ensureAcmeEntry'),
  forAdmins('presentChallenge', () => ({ fqdn: '_acme-challenge.zanzibar-web.ct.example.org.', value: 'intruder' })),
  forAdmins('presentChallenge', () => ({ fqdn: 'zanzibar.ct.example.org.', value: 'intruder' })),
  forAdmins('cleanUpChallenge', () => ({ fqdn: 'zanzibar.ct.example.org.', value: 'zanzibar' })),
  own('registerAcmeDns', () => ({ allowfrom: [] })),
  forAdmins('registerAcmeDns', () => ({ container: 'zanzibar-web' })),
  forAdmins('registerAcmeDns', (t) => ({ container: t.container })),
  forAdmins('updateAcmeDns', () => ({ subdomain: 'zanzibar', txt: 'A'.repeat(43) })),
  own('getAcmeDnsHealth'),
  onEntry('listEntryTokens'),
  onEntry('createEntryToken', () => ({ name: 'spy' })),
  call('hidden', (t) => [t.entry, t.entryToken])('revokeEntryToken'),
  onEntry('deleteDynamicEntry'),

  forAdmins('listZones'),
  forAdmins('addZone', () => ({ cidr: '192.0.2.0/24' })),
  call('hidden', (t) => [t.zone])('removeZone'),
  call('hidden', (t) => [t.zone])('listZoneKeys'),
  call('hidden', (t) => [t.zone])('setDnssec', () => ({ enabled: true })),
  call('hidden', (t) => [t.zone])('addZoneKey'),
  call('hidden', (t) => [t.zone, t.zoneKey])('activateZoneKey', () => ({ state: 'active', force: true })),
  call('hidden', (t) => [t.zone, t.zoneKey])('removeZoneKey', undefined, () => 'force=true'),
  call('hidden', (t) => [t.zone])('listZoneRecords'),
  call('hidden', (t) => [t.zone, t.staticEntry])('removeZoneRecord'),
  call('hidden', (t) => [t.zone])('traceName', undefined, () => 'name=x'),
  call('hidden', (t) => [t.zone])('exportZone'),
  forAdmins('listTsigKeys'),
  forAdmins('createTsigKey', () => ({ name: `mine-${Math.random().toString(36).slice(2)}.example.` })),
  call('hidden', (t) => [t.tsigKey])('changeTsigKey', () => ({ updateNames: [], mayTransfer: true })),
  call('hidden', (t) => [t.tsigKey])('removeTsigKey'),
  forAdmins('listSecondaries'),
  forAdmins('addSecondary', () => ({ name: 'mine', address: `192.0.2.${Math.floor(Math.random() * 255)}` })),
  call('hidden', (t) => [t.secondary])('removeSecondary'),
  forAdmins('listStaticEntries'),
  onStaticEntry('getStaticEntry'),
  forAdmins('checkStaticEntry', () => ({ text: 'x 60 IN A 192.0.2.1' })),
  forAdmins('checkStaticEntry', (t) => ({ id: t.staticEntry, text: '' })),
  forAdmins('createStaticEntry', () => ({
    title: 'mine',
    text: `x${Math.random().toString(36).slice(2)} 60 IN A 192.0.2.1`,
  })),
  onStaticEntry('changeStaticEntry', () => ({ title: 'mine', text: '', version: 1 })),
  onStaticEntry('removeStaticEntry'),

  own('listAudit'),
  own('listAudit', undefined, (t) => `projectId=${t.project}`),
  own('listAudit', undefined, (t) => `actorId=${t.owner}`),
  own('listAudit', undefined, (t) => `targetId=${t.container}&text=zanzibar`),
  own('exportAudit', undefined, () => 'format=csv'),
  own('exportAudit', undefined, (t) => `format=json&projectId=${t.project}`),

  forAdmins('receiveGitlabHook', () => ({ event_name: 'user_destroy', user_id: 1 })),
  call('hidden', () => ['other'])('receiveOtherGitlabHook', () => ({ event_name: 'user_destroy', user_id: 1 })),
  own('getLiveness'),
  own('getReadiness'),
  own('streamEvents'),
];
