import { DomainError } from '@lxdm/domain';
import { hashPassword, passwordProblem } from '@lxdm/crypto';
import { AuditRepository, SessionsRepository, TokensRepository, Transactor, UsersRepository } from '@lxdm/entities';
import { readSettings } from '@lxdm/runtime';
import { Command, ExitCode, Invocation, Refusal, UsageError } from '../command';
import { withDatabase } from '../database';
import { settings } from '../settings';
import { byOperator } from './cli-audit';
import { newPassword } from './password-source';
import { usernameFault } from './username';

/** Makes a local admin, or gives an account that role and a new password. */
export const createSuperuser: Command = {
  name: 'createsuperuser',
  about: 'makes a local admin, or gives an account that role and a new password',
  help: [
    '  --username NAME     the account (admin)',
    '  --password-stdin    the password is the first line of standard input',
    '  --if-missing        does nothing when there is an admin already',
    '',
    'Without --password-stdin: LXDM_ADMIN_PASSWORD or LXDM_ADMIN_PASSWORD_FILE, else it asks at the terminal.',
    'A new password signs the account out everywhere, and revokes its tokens.',
  ],
  options: {
    username: { type: 'string' },
    'password-stdin': { type: 'boolean' },
    'if-missing': { type: 'boolean' },
  },
  run: async (invocation: Invocation): Promise<number> => {
    const { options, environment, output } = invocation;
    const { databaseUrl } = readSettings({ databaseUrl: settings.databaseUrl }, environment);
    const username = typeof options['username'] === 'string' ? options['username'] : 'admin';
    const fault = usernameFault(username);
    if (fault !== undefined) throw new UsageError(fault);
    return withDatabase(databaseUrl, async (db) => {
      if (options['if-missing'] === true && (await new UsersRepository(db).hasLocalAdmin())) {
        output.result('There is an admin already; nothing was changed.');
        return ExitCode.ok;
      }
      const password = await newPassword(invocation);
      const problem = passwordProblem(password, [username]);
      if (problem) throw new Refusal(`This password is refused. ${problem.message}`);
      output.result(`${await save(db, username, await hashPassword(password))} ${username}`);
      return ExitCode.ok;
    });
  },
};

async function save(db: Transactor, username: string, passwordHash: string): Promise<'created' | 'updated'> {
  const users = new UsersRepository(db);
  const outcome = await users.saveLocalAdmin(username, passwordHash).catch((error: unknown) => {
    throw error instanceof DomainError ? new Refusal(error.message) : error;
  });
  const user = await users.findByUsername(username);
  // Whoever sits in an old session, or holds a token, may be the reason for the new password.
  if (!user) return outcome;
  await db.run(async (tx) => {
    await new SessionsRepository(db).closeAllOf(tx, user.id);
    const revoked = await new TokensRepository(db).revokeAllOf(tx, user.id);
    const detail = { outcome, password: 'set', tokensRevoked: revoked.length };
    await new AuditRepository(db).record(tx, byOperator('user.promote', user, detail));
  });
  return outcome;
}
