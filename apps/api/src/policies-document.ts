import { writeFileSync } from 'node:fs';
import { POLICY_TABLE, PolicyRow, PUBLIC_ROUTES, WHO } from './policies/policy-table';

const HEAD = `# Who may do what

This page is generated from the table that the tests hold the api to (\`apps/api/src/policies/policy-table.ts\`); \`npm run generate\`
writes it anew. What is not in it is not allowed.

- A **stranger** is an approved person who is no member of the project at hand; what a stranger may not read looks as if it did not exist.
- An **admin without sudo** acts as an ordinary person (here: as a stranger). Sudo lasts 15 minutes, and what is done under it is marked in the log.
- A **service** belongs to one project and comes by token only. A token of scope _read_ opens nothing that changes something, one of scope
  _write_ what its user may do without sudo, one of scope _admin_ what an admin may do under sudo; it dies when its user is no admin any more.
- Somebody who is **waiting** for approval sees their own session and nothing else; somebody who is **blocked**, here or in GitLab, has no
  session, and their tokens open nothing.
- "No project" are containers that were found on a host and given to nobody, and what belongs to hosts: admins only.

Open to everybody, with guards of their own where they need one: ${PUBLIC_ROUTES.map((route) => `\`${route}\``).join(', ')}.
`;

function tableOf(resource: string, rows: readonly PolicyRow[]): string {
  const title = `${resource.charAt(0).toUpperCase()}${resource.slice(1)}`;
  const head = ['', ...WHO, 'Operations'];
  const lines = rows.map(({ action, of, cells, door, routes }) => [
    `${action}${of === '' ? '' : ` (${of})`}`,
    ...[...cells].map((cell) => (cell === 'Y' ? '✓' : '–')),
    routes.map((route) => `\`${route}\``).join(', ') + (door.includes('session') ? ' (no tokens)' : ''),
  ]);
  const table = [head, head.map(() => '---'), ...lines].map((line) => `| ${line.join(' | ')} |`).join('\n');
  return `## ${title}\n\n${table}\n`;
}

/** The table as a page. */
export function policiesDocument(): string {
  const resources = [...new Set(POLICY_TABLE.map((row) => row.resource))];
  const tables = resources.map((resource) =>
    tableOf(
      resource,
      POLICY_TABLE.filter((row) => row.resource === resource),
    ),
  );
  return [HEAD, ...tables].join('\n');
}

if (require.main === module) {
  const [flag, file] = process.argv.slice(2);
  if (flag === '--out' && file) writeFileSync(file, policiesDocument());
  else process.stdout.write(policiesDocument());
}
