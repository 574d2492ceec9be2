// @ts-check
/** Holds every package.json to tools/boundaries.mjs: a dependency that the table does not allow, or a project without a row, is a fault. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { mayImport, owners, testingLib } from './boundaries.mjs';

const faults = [];
for (const room of ['apps', 'libs']) {
  for (const name of readdirSync(room)) {
    const project = `${room}/${name}`;
    if (!existsSync(`${project}/package.json`)) continue;
    const row = mayImport[project];
    if (!row) {
      faults.push(`${project}: has no row in tools/boundaries.mjs`);
      continue;
    }
    const allowed = row.map((door) => door.split('/')[0]);
    const manifest = JSON.parse(readFileSync(`${project}/package.json`, 'utf8'));
    const runtime = Object.keys(manifest.dependencies ?? {});
    const all = [...runtime, ...Object.keys(manifest.devDependencies ?? {})];
    for (const dependency of all) {
      const lib = /^@lxdm\/(.+)$/.exec(dependency)?.[1];
      if (
        lib &&
        !allowed.includes(lib) &&
        (lib !== testingLib || runtime.includes(dependency)) &&
        project !== 'apps/e2e'
      )
        faults.push(`${project}: package.json depends on ${dependency}, which the table does not allow`);
      if (!lib && runtime.includes(dependency) && owners[dependency] && !owners[dependency].includes(project))
        faults.push(`${project}: ${dependency} belongs to ${owners[dependency].join(', ')}`);
    }
  }
}
for (const project of Object.keys(mayImport))
  if (!existsSync(`${project}/package.json`)) faults.push(`${project}: is in the table and does not exist`);
if (faults.length > 0) {
  console.error(faults.join('\n'));
  process.exit(1);
}
console.log(`boundaries: ${Object.keys(mayImport).length} projects agree with the table`);
