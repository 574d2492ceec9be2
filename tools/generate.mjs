// @ts-check
/**
 * The generated files: libs/api-client/openapi.json, which the api itself writes, the Angular client made from it, and
 * docs/policies.md, which is the table that the policies are tested with.
 * Without an argument they are written; with --check they are made in a temporary folder and compared.
 */
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bootstrapOne } from './bootstrap.mjs';
import { ExpectedError, inRoot, root } from './workspace.mjs';

const client = inRoot('libs', 'api-client');
const policies = inRoot('docs', 'policies.md');

/** @param {string} file @param {string[]} args */
function run(file, args) {
  const done = spawnSync(file, args, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (done.status !== 0)
    throw new ExpectedError(`${args.join(' ')} failed:\n${done.stderr || done.stdout || done.error}`);
  return done.stdout;
}

/** Makes them in this folder. @param {string} folder */
function generateInto(folder) {
  const document = join(folder, 'openapi.json');
  run(process.execPath, [inRoot('apps', 'api', 'dist', 'openapi.js'), '--out', document]);
  // Formatted here, so that the committed file does not depend on how the api prints it.
  writeFileSync(document, `${JSON.stringify(JSON.parse(readFileSync(document, 'utf8')), null, 2)}\n`);
  const generator = inRoot('libs', 'api-client', 'node_modules', '.bin', 'ng-openapi-gen');
  run(generator, [
    '--config',
    join(client, 'ng-openapi-gen.json'),
    '--input',
    document,
    '--output',
    join(folder, 'generated'),
  ]);
  const page = join(folder, 'policies.md');
  run(process.execPath, [inRoot('apps', 'api', 'dist', 'policies-document.js'), '--out', page]);
  run(process.execPath, [
    inRoot('node_modules', 'prettier', 'bin', 'prettier.cjs'),
    '--config',
    inRoot('.prettierrc.json'),
    '--write',
    page,
  ]);
}

/** Files with their text, by path below the folder. @param {string} folder @returns {Map<string, string>} */
function contents(folder) {
  if (!existsSync(folder)) return new Map();
  const files = readdirSync(folder, { recursive: true })
    .map(String)
    .filter((name) => statSync(join(folder, name)).isFile());
  return new Map(files.sort().map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

/** What differs between what is committed and what is made now. @param {string} folder @returns {string[]} */
function differences(folder) {
  const made = contents(join(folder, 'generated'));
  const kept = contents(join(client, 'src', 'generated'));
  const document = existsSync(join(client, 'openapi.json')) ? readFileSync(join(client, 'openapi.json'), 'utf8') : '';
  const names = [...new Set([...made.keys(), ...kept.keys()])]
    .filter((name) => made.get(name) !== kept.get(name))
    .map((name) => `libs/api-client/src/generated/${name}`);
  const page = existsSync(policies) ? readFileSync(policies, 'utf8') : '';
  if (readFileSync(join(folder, 'policies.md'), 'utf8') !== page) names.unshift('docs/policies.md');
  return readFileSync(join(folder, 'openapi.json'), 'utf8') === document
    ? names
    : ['libs/api-client/openapi.json', ...names];
}

await bootstrapOne('@lxdm/api');
const folder = mkdtempSync(join(tmpdir(), 'lxdm-generate-'));
try {
  generateInto(folder);
  const changed = differences(folder);
  if (!process.argv.includes('--check')) {
    rmSync(join(client, 'src', 'generated'), { recursive: true, force: true });
    mkdirSync(join(client, 'src'), { recursive: true });
    cpSync(join(folder, 'generated'), join(client, 'src', 'generated'), { recursive: true });
    cpSync(join(folder, 'openapi.json'), join(client, 'openapi.json'));
    cpSync(join(folder, 'policies.md'), policies);
    console.log(changed.length > 0 ? `written: ${changed.join(', ')}` : 'nothing has changed');
  } else if (changed.length > 0) {
    console.error(
      `what is generated does not agree with the api; "npm run generate" writes it anew:\n  ${changed.join('\n  ')}`,
    );
    process.exitCode = 1;
  } else console.log('generated files agree with the api');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
