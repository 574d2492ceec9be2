// @ts-check
/**
 * Writes a migration from the difference between the entities and a migrated database, to be read before it is committed:
 *   node tools/new-migration.mjs DATABASE_URL name-of-the-change
 */
import { createRequire } from 'node:module';
import { writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';

const [url = '', name = ''] = process.argv.slice(2);
if (!url || !/^[a-z]+(-[a-z]+)*$/.test(name)) {
  console.error('usage: node tools/new-migration.mjs DATABASE_URL name-of-the-change');
  process.exit(2);
}
const { createDataSource } = createRequire(import.meta.url)('../libs/entities/dist/index.js');
const dataSource = await createDataSource({ url, poolSize: 1 }).initialize();
const sql = await dataSource.driver.createSchemaBuilder().log();
await dataSource.destroy();
if (sql.upQueries.length === 0) {
  console.log('The database is what the entities say: nothing to migrate.');
  process.exit(0);
}
const stamp = Date.now();
const className = `${name.replace(/(^|-)([a-z])/g, (_match, _dash, letter) => letter.toUpperCase())}${stamp}`;
/** @param {{query: string}[]} queries */
const lines = (queries) => queries.map(({ query }) => `await queryRunner.query(${JSON.stringify(query)});`).join('\n');
const text = `import { MigrationInterface, QueryRunner } from 'typeorm';

/** ${name.replaceAll('-', ' ')} */
export class ${className} implements MigrationInterface {
  readonly name = '${className}';

  async up(queryRunner: QueryRunner): Promise<void> {
    ${lines(sql.upQueries)}
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    ${lines([...sql.downQueries].reverse())}
  }
}
`;
const file = `libs/entities/src/migrations/${stamp}-${name}.ts`;
writeFileSync(file, await format(text, { ...(await resolveConfig('package.json')), parser: 'typescript' }));
console.log(`${file}: read it, then add ${className} to libs/entities/src/migrations/index.ts`);
