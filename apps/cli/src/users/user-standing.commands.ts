import {
  AuditRepository,
  LockedPerson,
  PeopleRepository,
  SessionsRepository,
  Transactor,
  Tx,
  UsersRepository,
} from '@lxdm/entities';
import { readSettings } from '@lxdm/runtime';
import { Command, ExitCode, Refusal, UsageError } from '../command';
import { withDatabase } from '../database';
import { settings } from '../settings';
import { byOperator } from './cli-audit';

const help = ['  --username    whom', '  --reason      why; shown with the person and in the audit log'];
const options = { username: { type: 'string' }, reason: { type: 'string' } } as const;

/** Keeps somebody out, also the last admin: whoever has this command line can make another one. */
export const userBlock: Command = {
  name: 'user block',
  about: 'keep somebody out; sessions end, tokens and keys open nothing',
  help,
  options,
  run: standingCommand('user.block', 'blocked', async (db, tx, person, reason) => {
    if (person.standing === 'blocked' && !person.blockedByGitlab) return false;
    await new PeopleRepository(db).block(tx, person.id, reason);
    await new SessionsRepository(db).closeAllOf(tx, person.id);
    return true;
  }),
};

/** Lets somebody in: who was blocked, or waits for approval. */
export const userUnblock: Command = {
  name: 'user unblock',
  about: 'let somebody in who was blocked or waits for approval',
  help,
  options,
  run: standingCommand('user.unblock', 'unblocked', async (db, tx, person, reason) => {
    if (person.blockedByGitlab)
      throw new Refusal(`GitLab says that the account of ${person.username} is blocked or gone; unblock it there.`);
    if (person.standing === 'active') return false;
    await new PeopleRepository(db).activate(tx, person.id, reason);
    return true;
  }),
};

type Change = (db: Transactor, tx: Tx, person: LockedPerson, reason: string) => Promise<boolean>;

function standingCommand(action: string, done: string, change: Change): Command['run'] {
  return async ({ options: given, environment, output }) => {
    const { username, reason = '' } = given;
    if (typeof username !== 'string' || typeof reason !== 'string') throw new UsageError('Say whom: --username NAME');
    const { databaseUrl } = readSettings({ databaseUrl: settings.databaseUrl }, environment);
    const changed = await withDatabase(databaseUrl, async (db) => {
      const user = await new UsersRepository(db).findByUsername(username);
      if (!user) throw new Refusal(`There is nobody named "${username}".`);
      return db.run(async (tx) => {
        const person = await new PeopleRepository(db).lock(tx, user.id);
        if (!person || !(await change(db, tx, person, reason))) return false;
        await new AuditRepository(db).record(tx, byOperator(action, user, reason === '' ? null : { reason }));
        return true;
      });
    });
    output.result(changed ? `${done} ${username}` : `${username} is ${done} already; nothing was changed.`);
    return ExitCode.ok;
  };
}
