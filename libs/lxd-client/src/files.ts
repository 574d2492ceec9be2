import type { Api } from './api';
import { answerError, openEnvelope } from './envelope';
import { LxdError } from './errors';
import type { CallOptions } from './timeouts';

/** Owner and mode of a file that is written. */
export interface FileAttributes {
  readonly uid?: number;
  readonly gid?: number;
  /** Like 0o600. */
  readonly mode?: number;
}

/**
 * Files inside a container, running or stopped, for paths that nobody hostile has prepared: LXD 5.0 opens what it is asked for and waits.
 * Reading a pipe hangs, and afterwards the container can neither be stopped nor deleted (tried); `sftp` does better.
 */
export class Files {
  constructor(private readonly api: Api) {}

  /** The bytes of a file; undefined where there is none. */
  async read(name: string, path: string, options: CallOptions = {}): Promise<Buffer | undefined> {
    const reply = await this.api.raw('GET', segmentsOf(name), { ...options, query: { path: absolute(path) } });
    if (reply.status === 200 && reply.headers['x-lxd-type'] !== 'directory') return reply.body;
    if (
      reply.status === 404 &&
      /not found|no such file/i.test(reply.body.toString('utf8')) &&
      !isMissingInstance(reply.body)
    ) {
      return undefined;
    }
    openEnvelope(reply, this.api.origin, `GET /1.0/instances/${name}/files`);
    throw answerError(reply.status, 'not a file', this.api.origin, `GET /1.0/instances/${name}/files`);
  }

  /** Writes a whole file; its directory has to exist. */
  async write(
    name: string,
    path: string,
    content: string | Uint8Array,
    attributes: FileAttributes = {},
    options: CallOptions = {},
  ): Promise<void> {
    const { uid = 0, gid = 0, mode = 0o644 } = attributes;
    const fields = {
      uid: String(uid),
      gid: String(gid),
      mode: `0${mode.toString(8)}`,
      type: 'file',
      write: 'overwrite',
    };
    const reply = await this.api.raw('POST', segmentsOf(name), {
      ...options,
      query: { path: absolute(path) },
      headers: { 'content-type': 'application/octet-stream', ...prefixed(fields) },
      body: content,
    });
    openEnvelope(reply, this.api.origin, `POST /1.0/instances/${name}/files`);
  }

  /** Makes a directory; fine if it is there already. */
  async makeDirectory(
    name: string,
    path: string,
    attributes: FileAttributes = {},
    options: CallOptions = {},
  ): Promise<void> {
    const { uid = 0, gid = 0, mode = 0o755 } = attributes;
    const fields = { uid: String(uid), gid: String(gid), mode: `0${mode.toString(8)}`, type: 'directory' };
    const reply = await this.api.raw('POST', segmentsOf(name), {
      ...options,
      query: { path: absolute(path) },
      headers: prefixed(fields),
    });
    openEnvelope(reply, this.api.origin, `POST /1.0/instances/${name}/files`);
  }

  async delete(name: string, path: string, options: CallOptions = {}): Promise<void> {
    await this.api.call('DELETE', segmentsOf(name), { ...options, query: { path: absolute(path) } });
  }
}

function segmentsOf(name: string): string[] {
  return ['instances', name, 'files'];
}

function absolute(path: string): string {
  if (path.startsWith('/') && !path.split('/').includes('..')) return path;
  throw new LxdError('bad-request', `Not an absolute path inside a container: ${JSON.stringify(path)}`);
}

/** LXD reads X-LXD-*, Incus X-Incus-*; each ignores the other's. */
function prefixed(fields: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([key, value]) => [
      [`x-lxd-${key}`, value],
      [`x-incus-${key}`, value],
    ]),
  );
}

function isMissingInstance(body: Buffer): boolean {
  return body.toString('utf8').includes('Instance not found');
}
