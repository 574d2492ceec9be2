import { request } from 'node:https';
import type { RequestBody } from './request-body';

/** What a container that is offered for migration would send; the data plane of real LXD is a WebSocket, here one GET. */
interface MigrationPayload {
  readonly secret: string;
  readonly files: ReadonlyMap<string, Buffer>;
  readonly taken: () => void;
}

/** Offers of this process, by operation id. */
export const migrationPayloads = new Map<string, MigrationPayload>();

/** The target's half: asks the source host for the data with the secret that it was given. */
export async function fetchMigration(source: RequestBody): Promise<Map<string, Buffer>> {
  const url = new URL(source.text('operation'));
  const secret = source.child('secrets').text('fs');
  const text = await new Promise<string>((resolve, reject) => {
    const options = { ca: source.text('certificate'), checkServerIdentity: () => undefined };
    const call = request(`${url.href}/websocket?secret=${encodeURIComponent(secret)}`, options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        if (response.statusCode === 200) resolve(Buffer.concat(chunks).toString('utf8'));
        else reject(new Error(`Failed getting migration data: HTTP ${response.statusCode}`));
      });
    });
    call.setTimeout(5_000, () => call.destroy(new Error('Failed getting migration data: timeout')));
    call.on('error', reject);
    call.end();
  });
  const files = JSON.parse(text) as [string, string][];
  return new Map(files.map(([path, content]) => [path, Buffer.from(content, 'base64')]));
}
