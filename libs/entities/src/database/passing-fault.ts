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
 * SQLSTATE classes and codes that another try may not meet (PostgreSQL manual, appendix A): connection exceptions, insufficient
 * resources, operator intervention (a statement's time limit is one), a system error, rollbacks by other transactions, a lock that
 * was not to be had, a transaction that idled for too long, a read-only standby, and a database that takes no connections.
 */
const SQLSTATE = /^(08...|40...|53...|57...|58...|25006|25P03|55000|55P03)$/;

/** What the pool and the driver say in words only; the first two are their own time limits. */
const MESSAGES =
  /timeout exceeded when trying to connect|query read timeout|connection terminated|client has encountered a connection error|connection is not established|not queryable|cannot use a pool after/i;

/** True when an error, or what caused it, says that the database cannot serve at the moment and may well do so later. */
export function isPassingDatabaseFault(error: unknown, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > 3) return false;
  const { code, message, driverError, cause } = error as Record<'code' | 'message' | 'driverError' | 'cause', unknown>;
  if (typeof code === 'string' && (SOCKET.has(code) || SQLSTATE.test(code))) return true;
  if (typeof message === 'string' && MESSAGES.test(message)) return true;
  return isPassingDatabaseFault(driverError, depth + 1) || isPassingDatabaseFault(cause, depth + 1);
}
