import { SftpSession } from '../../src/index';
import type { Bench } from './target';

const OWN = { uid: 0, gid: 0, mode: 0o600 };

/** A container's files over SFTP: what a hostile container could do with them is part of the contract. */
export function describeSftp(bench: () => Bench): void {
  describe('files over SFTP', () => {
    const use = <T>(name: string, work: (session: SftpSession) => Promise<T>): Promise<T> =>
      bench().host.sftp.use(name, { totalMs: 10_000 }, work);

    async function running(): Promise<string> {
      const name = await bench().create();
      await bench().start(name);
      await bench().booted(name);
      return name;
    }

    it('are made, looked at, read, put in place in one step, and removed', async () => {
      const name = await running();
      const long = Buffer.from(Array.from({ length: 100_000 }, (_, n) => n % 256));
      await use(name, async (session) => {
        expect(await session.lstat('/root/keys')).toBeUndefined();
        await session.makeDirectory('/root/keys', { uid: 1000, gid: 1001, mode: 0o710 });
        expect(await session.lstat('/root/keys')).toMatchObject({
          kind: 'directory',
          uid: 1000,
          gid: 1001,
          mode: 0o710,
        });
        await session.create('/root/keys/a', long, { uid: 1000, gid: 1002, mode: 0o640 });
        const entry = { kind: 'file', uid: 1000, gid: 1002, mode: 0o640 };
        expect(await session.lstat('/root/keys/a')).toEqual({ ...entry, size: long.length });
        expect((await session.read('/root/keys/a', 200_000)).equals(long)).toBe(true);
        await session.create('/root/keys/b', Buffer.from('grüße\n'), OWN);
        await session.rename('/root/keys/b', '/root/keys/a');
        expect((await session.read('/root/keys/a', 100)).toString()).toBe('grüße\n');
        expect(await session.lstat('/root/keys/b')).toBeUndefined();
        expect(await session.remove('/root/keys/a')).toBe(true);
        expect(await session.remove('/root/keys/a')).toBe(false);
        await session.create('/root/keys/empty', Buffer.alloc(0), OWN);
        expect(await session.read('/root/keys/empty', 10)).toHaveLength(0);
      });
    });

    it('are refused in the container’s words, not to be tried again', async () => {
      const name = await running();
      await use(name, async (session) => {
        await session.create('/root/there', Buffer.from('x'), OWN);
        const refused = (words: string): object => ({
          kind: 'bad-request',
          retryable: false,
          lxdMessage: expect.stringContaining(words) as string,
        });
        await expect(session.create('/root/there', Buffer.from('y'), OWN)).rejects.toMatchObject(
          refused('file exists'),
        );
        await expect(session.create('/root/no/such', Buffer.from('y'), OWN)).rejects.toMatchObject(
          refused('no such file or directory'),
        );
        await expect(session.read('/root/none', 10)).rejects.toMatchObject(refused('no such file or directory'));
        await expect(session.read('/root', 10)).rejects.toMatchObject(refused('is a directory'));
        await expect(session.makeDirectory('/root/there', OWN)).rejects.toMatchObject(refused('file exists'));
        await expect(session.rename('/root/none', '/root/there')).rejects.toMatchObject(
          refused('no such file or directory'),
        );
        // Nothing of this has closed the session, or touched what was there.
        expect((await session.read('/root/there', 10)).toString()).toBe('x');
      });
    });

    it('that are too large are not read', async () => {
      const name = await running();
      await use(name, async (session) => {
        await session.create('/root/large', Buffer.alloc(5_000, 'x'), OWN);
        await expect(session.read('/root/large', 4_999)).rejects.toMatchObject({
          kind: 'bad-request',
          message: '/root/large is larger than 4999 bytes',
        });
        expect(await session.read('/root/large', 5_000)).toHaveLength(5_000);
      });
    });

    it('a link is shown as one, a new file does not go through it, and a loop is an error', async () => {
      const name = await running();
      await bench().target.plant(name, 'symlink', '/root/link', '/etc/passwd');
      await bench().target.plant(name, 'symlink', '/root/loop', '/root/loop');
      await use(name, async (session) => {
        expect((await session.lstat('/root/link'))?.kind).toBe('symlink');
        await expect(session.create('/root/link', Buffer.from('y'), OWN)).rejects.toMatchObject({
          kind: 'bad-request',
        });
        await expect(session.read('/root/loop', 10)).rejects.toMatchObject({
          lxdMessage: expect.stringContaining('too many levels of symbolic links') as string,
        });
        await session.create('/root/new', Buffer.from('new'), OWN);
        await session.rename('/root/new', '/root/link');
        expect((await session.lstat('/root/link'))?.kind).toBe('file');
        expect((await session.read('/etc/passwd', 10_000)).toString()).toContain('root:x:0:0');
      });
    });

    it('a pipe is told from a file without waiting for its other end, and holds up no stop', async () => {
      const name = await running();
      await bench().target.plant(name, 'fifo', '/root/pipe');
      const began = performance.now();
      await use(name, async (session) => {
        expect((await session.lstat('/root/pipe'))?.kind).toBe('other');
        await expect(session.read('/root/pipe', 10)).rejects.toMatchObject({
          message: '/root/pipe is not a regular file',
        });
      });
      expect(performance.now() - began).toBeLessThan(5_000);
      await bench().done(bench().host.instances.setState(name, { action: 'stop', timeout: 30 }));
    });

    it('are there while the container is stopped, and not where there is no container', async () => {
      const name = await bench().create();
      await use(name, async (session) => {
        expect((await session.lstat('/root'))?.kind).toBe('directory');
      });
      await expect(use('contract-none', () => Promise.resolve())).rejects.toMatchObject({ kind: 'not-found' });
    });

    it('a session ends in time, whatever is done in it', async () => {
      const name = await bench().create();
      const began = performance.now();
      const slow = bench().host.sftp.use(name, { totalMs: 700 }, async (session) => {
        for (;;) await session.lstat('/root');
      });
      await expect(slow).rejects.toMatchObject({ kind: 'timeout', retryable: true });
      expect(performance.now() - began).toBeLessThan(3_000);
      const signal = AbortSignal.timeout(200);
      const ended = bench().host.sftp.use(name, { totalMs: 10_000, signal }, async (session) => {
        for (;;) await session.lstat('/root');
      });
      await expect(ended).rejects.toMatchObject({ kind: 'cancelled' });
    });
  });
}
