/** What a socket says when the database is not there. */
const SOCKET = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
]);

/**
 * SQLSTATE classes and codes of a database that cannot serve now (PostgreSQL manual, appendix A): connection exceptions, insufficient
 * resources, operator intervention, a system error, a read-only standby, and a database that takes no connections.
 */
const SQLSTATE = /^(08...|53...|57...|58...|25006|55000)$/;

const MESSAGES =
  /connection terminated|timeout exceeded when trying to connect|client has encountered a connection error|connection is not established|not queryable|cannot use a pool after/i;

/** True when an error, or what caused it, says that the database cannot be used at the moment. */
export function isDatabaseDown(error: unknown, depth = 0): boolean {
  if (!(error instanceof Error) || depth > 3) return false;
  const { code, driverError, cause } = error as Error & { code?: unknown; driverError?: unknown; cause?: unknown };
  if (typeof code === 'string' && (SOCKET.has(code) || SQLSTATE.test(code))) return true;
  if (MESSAGES.test(error.message)) return true;
  return isDatabaseDown(driverError, depth + 1) || isDatabaseDown(cause, depth + 1);
}
