import type { EventEmitter } from 'node:events';
import type { PoolConfig } from 'pg';

/** How to reach the database, and how many connections one process may hold. */
export interface DatabaseOptions {
  url: string;
  poolSize?: number;
  applicationName?: string;
  /** How long one statement may take; 0 for as long as it needs, as a migration does. */
  statementTimeoutMs?: number;
}

/** How long a connection may take, in milliseconds. */
const CONNECT_TIMEOUT_MS = 5_000;

/** What every pool of connections is told, whoever makes it. */
export function poolOptions({ applicationName = 'lxdm', statementTimeoutMs = 15_000 }: DatabaseOptions): PoolConfig {
  return {
    application_name: applicationName,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    // A database that stands still must become an error that reaches a person, not a request that never ends.
    statement_timeout: statementTimeoutMs,
    // The server cannot enforce its limit while it stands still itself; migrations may take as long as they need.
    ...(statementTimeoutMs === 0 ? {} : { query_timeout: statementTimeoutMs + 5_000 }),
    idle_in_transaction_session_timeout: 30_000,
    // Each of our questions costs less than compiling it.
    options: '-c jit=off',
    keepAlive: true,
    onConnect: outliveEnd,
  };
}

/**
 * Neither the pool nor TypeORM listens to a connection while it goes from one to the other, and one that the server ends in that very moment would
 * end the process with it. Nothing is hidden: the query that needs the connection fails, or the pool reports it and drops it.
 */
function outliveEnd(client: EventEmitter): void {
  client.on('error', () => undefined);
}
