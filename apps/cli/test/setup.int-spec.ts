import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KeyRing } from '@lxdm/crypto';
import { cli } from './command-line';

let folder: string;
let environment: Record<string, string>;
const secret = (name: string) => join(folder, 'secrets', name);
const cert = (name: string) => join(folder, 'certs', name);
const mode = (path: string) => statSync(path).mode & 0o777;
const setup = (options = '') => cli(environment, `setup ${options}`);

// RSA keys take their time.
jest.setTimeout(60_000);

/** A folder as a setup leaves it, made once. */
let finished: string;
const finish = () => cpSync(finished, folder, { recursive: true });

beforeAll(async () => {
  finished = mkdtempSync(join(tmpdir(), 'cli-setup-'));
  await cli({ LXDM_SECRETS_DIR: join(finished, 'secrets'), LXDM_CERTS_DIR: join(finished, 'certs') }, 'setup');
});
afterAll(() => rmSync(finished, { recursive: true }));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cli-setup-'));
  environment = { LXDM_SECRETS_DIR: join(folder, 'secrets'), LXDM_CERTS_DIR: join(folder, 'certs') };
});
afterEach(() => rmSync(folder, { recursive: true }));

it('makes everything once, for its owner only, and leaves nothing else behind', async () => {
  const first = await setup();
  expect(first).toMatchObject({ code: 0, err: '' });
  expect(readdirSync(join(folder, 'secrets')).sort()).toEqual([
    'ct_postgres',
    'db_encrypt',
    'dns_encrypt',
    'dns_postgres',
    'redis',
    'session',
  ]);
  expect(readdirSync(join(folder, 'certs')).sort()).toEqual(['lxd.crt', 'lxd.key']);
  const files = [
    ...['ct_postgres', 'db_encrypt', 'dns_encrypt', 'dns_postgres', 'redis', 'session'].map(secret),
    cert('lxd.key'),
    cert('lxd.crt'),
  ];
  for (const file of files) {
    expect(first.out).toContain(`made ${file}`);
    expect(mode(file)).toBe(0o600);
  }
  expect(mode(join(folder, 'secrets'))).toBe(0o700);
  expect(readFileSync(secret('redis'), 'utf8')).toMatch(/^[A-Za-z0-9]{50}\n$/);
  expect(KeyRing.parse(readFileSync(secret('db_encrypt'), 'utf8')).keyIds).toHaveLength(1);
  const key = createPrivateKey(readFileSync(cert('lxd.key')));
  expect(new X509Certificate(readFileSync(cert('lxd.crt'))).checkPrivateKey(key)).toBe(true);

  const before = files.map((file) => readFileSync(file, 'utf8'));
  expect(await setup()).toEqual({ code: 0, out: 'Nothing was missing.\n', err: '' });
  expect(files.map((file) => readFileSync(file, 'utf8'))).toEqual(before);
});

it('never lets two setups at the same time mix their files', async () => {
  const outcomes = await Promise.all([setup(), setup(), setup()]);
  // The slower ones may meet half of the quicker one's pair: they say so and change nothing.
  expect(outcomes.some(({ code }) => code === 0)).toBe(true);
  expect(await setup()).toMatchObject({ code: 0, out: 'Nothing was missing.\n' });
});

it('tightens what others may read, and keeps its contents', async () => {
  finish();
  const before = readFileSync(secret('redis'), 'utf8');
  chmodSync(secret('redis'), 0o644);
  const { code, err } = await setup();
  expect([code, err]).toEqual([0, `tightened ${secret('redis')}: others could read it.\n`]);
  expect(mode(secret('redis'))).toBe(0o600);
  expect(readFileSync(secret('redis'), 'utf8')).toBe(before);
});

it.each<[string, () => void, string]>([
  ['an empty file', () => writeFileSync(secret('session'), ''), 'session is empty'],
  [
    'a folder in the place of a file',
    () => (rmSync(secret('session')), mkdirSync(secret('session'))),
    'session is not a file',
  ],
  ['a lost half of the pair', () => rmSync(cert('lxd.crt')), 'lxd.crt is missing, though the other half'],
  [
    'a damaged certificate',
    () => writeFileSync(cert('lxd.crt'), 'not PEM', { mode: 0o600 }),
    'is not PEM that can be read',
  ],
  ['a key ring that was lost', () => rmSync(secret('db_encrypt')), 'restore it from your backup'],
])('says what is wrong with %s and does not replace it', async (_what, spoil, sentence) => {
  finish();
  spoil();
  const listed = () => [readdirSync(join(folder, 'secrets')), readdirSync(join(folder, 'certs'))];
  const before = listed();
  const { code, err } = await setup();
  expect(code).toBe(1);
  expect(err).toContain(sentence);
  expect(listed()).toEqual(before);
});

it('makes a new key ring where one was lost only when it is told to', async () => {
  finish();
  rmSync(secret('db_encrypt'));
  expect((await setup('--new-key-ring')).out).toBe(`made ${secret('db_encrypt')}\n`);
});

it("makes the name server's key ring in an installation from before there was one", async () => {
  finish();
  rmSync(secret('dns_encrypt'));
  expect(await setup()).toEqual({ code: 0, out: `made ${secret('dns_encrypt')}\n`, err: '' });
  expect(readFileSync(secret('dns_encrypt'), 'utf8')).not.toBe(readFileSync(secret('db_encrypt'), 'utf8'));
});

it('refuses a key ring that is none', async () => {
  finish();
  writeFileSync(secret('db_encrypt'), 'k1:too-short\n');
  const { code, err } = await setup();
  expect(code).toBe(78);
  expect(err).toContain('line 1');
  expect(err).not.toContain('too-short');
});
