// @ts-check
/**
 * jest's globalSetup for integration tests: one Postgres and one Redis for the whole run. TEST_DATABASE_URL is a superuser's, so that each
 * suite can make a database of its own; a suite that breaks its services starts its own pair (services/control.cjs).
 * Where both variables are set already, those services are used and left alone.
 */
import { servicesUp } from './services/throw-away.mjs';

/** The name under which the teardown finds the folder; jest runs both in one process. */
export const folderVariable = 'LXDM_TEST_SERVICES_DIR';

export default async function start() {
  if (process.env['TEST_DATABASE_URL'] && process.env['TEST_REDIS_URL']) return;
  const services = await servicesUp();
  process.env['TEST_DATABASE_URL'] = services.databaseUrl;
  process.env['TEST_REDIS_URL'] = services.redisUrl;
  process.env[folderVariable] = services.dir;
}
