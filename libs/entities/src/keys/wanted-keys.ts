import { activeUser } from '../users/active-user';

/** The SQL condition that a key still counts; `alias` is that of the table ssh_keys. */
const unexpired = (alias: string): string => `(${alias}.expires_at IS NULL OR ${alias}.expires_at > now())`;

/**
 * Members with their keys, as far as these open the containers of the project: m, u and k are the tables. A key opens root's account, and
 * whoever may only look must not be root.
 */
export const ENTITLED = `members m JOIN users u ON u.id = m.user_id AND ${activeUser('u')} JOIN ssh_keys k ON k.user_id = u.id AND ${unexpired('k')} AND m.role <> 'viewer'`;

/** The digest of a set of keys, of an expression that joins their fingerprints in the order of their bytes. */
const digestOf = (fingerprints: string): string =>
  `encode(sha256(convert_to(coalesce(${fingerprints}, ''), 'UTF8')), 'hex')`;

const JOINED = `string_agg(DISTINCT k.fingerprint COLLATE "C", ',' ORDER BY k.fingerprint COLLATE "C")`;

/** The digest of every project that has keys, each computed once however many containers the project has. */
export const WANTED_DIGESTS = `SELECT m.project_id, ${digestOf(JOINED)} AS digest FROM ${ENTITLED} GROUP BY m.project_id`;

/** The digest of no keys at all. */
export const EMPTY_DIGEST = digestOf('NULL');

/** The digest of the keys of one project, given as an SQL expression. */
export const digestOfProject = (project: string): string =>
  `(SELECT ${digestOf(JOINED)} FROM ${ENTITLED} WHERE m.project_id = ${project})`;
