/** Who may ask. Members are of the project at hand; a stranger owns another one. */
export const WHO = [
  'stranger',
  'viewer',
  'operator',
  'owner',
  'admin without sudo',
  'admin with sudo',
  'service, viewer',
  'service, operator',
  "owner's read token",
  "owner's write token",
  'admin token',
  'waiting',
  'blocked',
] as const;

/** One of those who may ask. */
export type Who = (typeof WHO)[number];

/** One question of the table, with the answer for everybody. */
export interface PolicyRow {
  resource: string;
  action: string;
  /** Of which thing, where that makes a difference. */
  of: string;
  /** One letter for each of `WHO`: Y may, a dot may not. */
  cells: string;
  /** What its routes ask of everybody: `change` a method that changes something, `session` no token, `waiting` open to those who wait. */
  door: string;
  /** The operations of the API that ask this question. */
  routes: string[];
}

/** Routes that need nobody to be signed in: they have guards of their own, or nothing to guard. */
export const PUBLIC_ROUTES = [
  'signIn',
  'getSignInOptions',
  'receiveGitlabHook',
  'receiveOtherGitlabHook',
  'getAcmeDnsHealth',
  'getLiveness',
  'getReadiness',
];

const row =
  (resource: string) =>
  (action: string, of: string, cells: string, door: string, ...routes: string[]): PolicyRow => ({
    resource,
    action,
    of,
    cells: cells.replaceAll(' ', ''),
    door,
    routes,
  });

const session = row('session');
const profile = row('profile');
const people = row('people');
const project = row('project');
const container = row('container');
const operation = row('operation');
const host = row('host');
const image = row('image');
const zone = row('zone');
const audit = row('audit');
const entry = row('dynamic entry');
const events = row('events');

const PROJECT = 'the project';
const NONE = 'no project';
const THEIRS = 'their own';
const ANOTHERS = 'of others';

/** Who may do what: the whole of it. What is not in this table is not allowed. */
// prettier-ignore
export const POLICY_TABLE: PolicyRow[] = [
  //                                          stranger
  //                                          | viewer
  //                                          | | operator
  //                                          | | | owner
  //                                          | | | |  admin: without sudo, with sudo
  //                                          | | | |  | |  service: viewer, operator
  //                                          | | | |  | |  | |  token: read, write, admin
  //                                          | | | |  | |  | |  | | |  waiting
  //                                          | | | |  | |  | |  | | |  | blocked
  session('read',             'their own',   'Y Y Y Y  Y Y  . .  . . .  Y .', 'session waiting', 'getSession'),
  session('sign-out',         'their own',   'Y Y Y Y  Y Y  . .  . . .  Y .', 'session waiting change', 'signOut'),
  session('turn-sudo-on',     'their own',   '. . . .  Y Y  . .  . . .  . .', 'session change', 'startSudo'),
  session('turn-sudo-off',    'their own',   'Y Y Y Y  Y Y  . .  . . .  . .', 'session change', 'endSudo'),

  profile('read-ssh-keys',    'their own',   'Y Y Y Y  Y Y  . .  Y Y Y  . .', '', 'listSshKeys'),
  profile('change-ssh-keys',  'their own',   'Y Y Y Y  Y Y  . .  . . .  . .', 'session change', 'addSshKey', 'removeSshKey'),
  profile('read-tokens',      'their own',   'Y Y Y Y  Y Y  . .  . . .  . .', 'session', 'listTokens'),
  profile('change-tokens',    'their own',   'Y Y Y Y  Y Y  . .  . . .  . .', 'session change', 'createToken', 'revokeToken'),
  profile('make-admin-token', 'their own',   '. . . .  . Y  . .  . . .  . .', 'session change', 'createToken'),
  profile('read-account',     'their own',   'Y Y Y Y  Y Y  . .  . . .  . .', 'session', 'listSessions', 'getGitlabLink'),
  profile('change-account',   'their own',   'Y Y Y Y  Y Y  . .  . . .  . .', 'session change', 'endSession', 'changePassword', 'removeGitlabLink'),
  profile('add-way-in',       'their own',   'Y Y Y Y  . Y  . .  . . .  . .', 'session change', 'changePassword'),

  people('search',            'anybody',     'Y Y Y Y  Y Y  . .  Y Y Y  . .', '', 'searchPeople'),
  people('list',              'anybody',     '. . . .  . Y  . .  . . Y  . .', '', 'listPeople'),
  people('change-standing',   'anybody',     '. . . .  . Y  . .  . . Y  . .', 'change', 'changeStanding'),
  people('change-admin',      'anybody',     '. . . .  . Y  . .  . . Y  . .', 'change', 'changeAdmin'),

  project('create',           '',            'Y Y Y Y  Y Y  . .  . Y Y  . .', 'change', 'createProject', 'createContainer'),
  project('read',             PROJECT,       '. Y Y Y  . Y  Y Y  Y Y Y  . .', '', 'listProjects', 'getProject'),
  project('create-container', PROJECT,       '. . Y Y  . Y  . Y  . Y Y  . .', 'change', 'createContainer', 'moveContainer'),
  project('rename',           PROJECT,       '. . . Y  . Y  . .  . Y Y  . .', 'change', 'changeProject'),
  project('delete',           PROJECT,       '. . . Y  . Y  . .  . Y Y  . .', 'change', 'deleteProject'),
  project('change-members',   PROJECT,       '. . . Y  . Y  . .  . Y Y  . .', 'change', 'setProjectMember', 'removeProjectMember'),
  project('leave',            PROJECT,       '. Y Y Y  . .  . .  . Y .  . .', 'change', 'removeProjectMember'),
  project('bind-group',       PROJECT,       '. . . Y  . Y  . .  . Y Y  . .', 'change', 'bindGitlabGroup', 'unbindGitlabGroup'),
  project('change-services',  PROJECT,       '. . . Y  . Y  . .  . Y Y  . .', 'change', 'createService', 'removeService'),
  project('read-tokens',      PROJECT,       '. . . Y  . Y  . .  . . .  . .', 'session', 'listServiceTokens'),
  project('change-tokens',    PROJECT,       '. . . Y  . Y  . .  . . .  . .', 'session change', 'createServiceToken', 'revokeServiceToken'),

  container('read',           PROJECT,       '. Y Y Y  . Y  Y Y  Y Y Y  . .', '', 'listContainers', 'getContainer'),
  container('read',           NONE,          '. . . .  . Y  . .  . . Y  . .', '', 'listContainers', 'getContainer'),
  container('read-keys',      PROJECT,       '. Y Y Y  . Y  Y Y  Y Y Y  . .', '', 'listContainerKeys'),
  container('read-keys',      NONE,          '. . . .  . Y  . .  . . Y  . .', '', 'listContainerKeys'),
  container('change-state',   PROJECT,       '. . Y Y  . Y  . Y  . Y Y  . .', 'change', 'changeContainerState'),
  container('change-state',   NONE,          '. . . .  . Y  . .  . . Y  . .', 'change', 'changeContainerState'),
  container('delete',         PROJECT,       '. . Y Y  . Y  . Y  . Y Y  . .', 'change', 'deleteContainer'),
  container('delete',         NONE,          '. . . .  . Y  . .  . . Y  . .', 'change', 'deleteContainer'),
  container('move',           PROJECT,       '. . Y Y  . Y  . Y  . Y Y  . .', 'change', 'moveContainer'),
  container('move',           NONE,          '. . . .  . Y  . .  . . Y  . .', 'change', 'moveContainer'),
  container('redeploy-keys',  PROJECT,       '. . Y Y  . Y  . Y  . Y Y  . .', 'change', 'redeployKeys'),
  container('redeploy-keys',  NONE,          '. . . .  . Y  . .  . . Y  . .', 'change', 'redeployKeys'),

  operation('read',           PROJECT,       '. Y Y Y  . Y  Y Y  Y Y Y  . .', '', 'listOperations', 'getOperation'),
  operation('read',           NONE,          '. . . .  . Y  . .  . . Y  . .', '', 'listOperations', 'getOperation'),

  host('read',                '',            'Y Y Y Y  Y Y  Y Y  Y Y Y  . .', '', 'listHosts', 'getHost'),
  host('see-details',         '',            '. . . .  . Y  . .  . . Y  . .', '', 'listHosts', 'getHost'),
  host('add',                 '',            '. . . .  . Y  . .  . . Y  . .', 'change', 'addHost'),
  host('confirm',             '',            '. . . .  . Y  . .  . . Y  . .', 'change', 'confirmHost'),
  host('remove',              '',            '. . . .  . Y  . .  . . Y  . .', 'change', 'removeHost'),
  image('read',               '',            'Y Y Y Y  Y Y  Y Y  Y Y Y  . .', '', 'listHostImages'),

  entry('read',               THEIRS,        'Y Y Y Y  Y Y  Y Y  Y Y Y  . .', '', 'listDynamicEntries', 'getDynamicEntry'),
  entry('read',               PROJECT,       '. Y Y Y  . Y  Y Y  Y Y Y  . .', '', 'listDynamicEntries', 'getDynamicEntry'),
  entry('read',               ANOTHERS,      '. . . .  . Y  . .  . . Y  . .', '', 'listDynamicEntries', 'getDynamicEntry'),
  entry('set-values',         THEIRS,        'Y Y Y Y  Y Y  Y Y  . Y Y  . .', 'change', 'setEntryValues', 'addEntryValue', 'removeEntryValue', 'presentChallenge', 'cleanUpChallenge', 'updateAcmeDns'),
  entry('set-values',         PROJECT,       '. . Y Y  . Y  . Y  . Y Y  . .', 'change', 'setEntryValues', 'addEntryValue', 'removeEntryValue', 'presentChallenge', 'cleanUpChallenge', 'updateAcmeDns', 'ensureAcmeEntry', 'registerAcmeDns'),
  entry('set-values',         ANOTHERS,      '. . . .  . Y  . .  . . Y  . .', 'change', 'setEntryValues', 'addEntryValue', 'removeEntryValue'),
  entry('read-tokens',        THEIRS,        'Y Y Y Y  Y Y  . .  . . .  . .', 'session', 'listEntryTokens'),
  entry('read-tokens',        PROJECT,       '. . Y Y  . Y  . .  . . .  . .', 'session', 'listEntryTokens'),
  entry('change-tokens',      THEIRS,        'Y Y Y Y  Y Y  . .  . . .  . .', 'session change', 'createEntryToken', 'revokeEntryToken'),
  entry('change-tokens',      PROJECT,       '. . Y Y  . Y  . .  . . .  . .', 'session change', 'createEntryToken', 'revokeEntryToken'),
  entry('register',           '',            'Y Y Y Y  Y Y  Y Y  . Y Y  . .', 'change', 'registerAcmeDns'),
  entry('create',             '',            '. . . .  . Y  . .  . . Y  . .', 'change', 'createDynamicEntry'),
  entry('change',             THEIRS,        '. . . .  . Y  . .  . . Y  . .', 'change', 'changeDynamicEntry', 'deleteDynamicEntry'),
  entry('change',             ANOTHERS,      '. . . .  . Y  . .  . . Y  . .', 'change', 'changeDynamicEntry', 'deleteDynamicEntry'),

  zone('read',                '',            '. . . .  . Y  . .  . . Y  . .', '', 'listZones', 'listZoneKeys', 'listStaticEntries', 'getStaticEntry', 'listTsigKeys', 'listSecondaries', 'listZoneRecords', 'traceName', 'exportZone'),
  zone('change-dnssec',       '',            '. . . .  . Y  . .  . . Y  . .', 'change', 'setDnssec', 'addZoneKey', 'activateZoneKey', 'removeZoneKey'),
  zone('change-zones',        '',            '. . . .  . Y  . .  . . Y  . .', 'change', 'addZone', 'removeZone'),
  zone('change-records',      '',            '. . . .  . Y  . .  . . Y  . .', 'change', 'removeZoneRecord'),
  zone('change-secondaries',  '',            '. . . .  . Y  . .  . . Y  . .', 'change', 'createTsigKey', 'changeTsigKey', 'removeTsigKey', 'addSecondary', 'removeSecondary'),
  zone('change-entries',      '',            '. . . .  . Y  . .  . . Y  . .', 'change', 'checkStaticEntry', 'createStaticEntry', 'changeStaticEntry', 'removeStaticEntry'),

  audit('read',               'their own',   'Y Y Y Y  Y Y  Y Y  Y Y Y  . .', '', 'listAudit', 'exportAudit'),
  audit('read',               PROJECT,       '. Y Y Y  . Y  Y Y  Y Y Y  . .', '', 'listAudit', 'exportAudit'),
  audit('read',               NONE,          '. . . .  . Y  . .  . . Y  . .', '', 'listAudit', 'exportAudit'),
  audit('see-address',        'their own',   'Y Y Y Y  Y Y  Y Y  Y Y Y  . .', '', 'listAudit', 'exportAudit'),
  audit('see-address',        PROJECT,       '. . . .  . Y  . .  . . Y  . .', '', 'listAudit', 'exportAudit'),
  events('listen',            '',            'Y Y Y Y  Y Y  Y Y  Y Y Y  . .', '', 'streamEvents'),
];
