import type { FakeLxdParts } from './fake-parts';
import type { FakeRequest } from './fake-request';
import { LxdRefusal } from './lxd-refusal';
import { migrationPayloads } from './migration';
import type { FakeOperation } from './operation-store';
import { bytes, sync } from './reply';
import type { Route } from './router';

/** Operations: list, one, wait, cancel, and the data of a migration. */
export const operationRoutes: readonly Route[] = [
  {
    method: 'GET',
    pattern: ['operations'],
    handle: (_request, { operations }) => {
      const groups: Record<string, FakeOperation[]> = {};
      for (const operation of operations.list()) (groups[operation.status.toLowerCase()] ??= []).push(operation);
      return sync(groups);
    },
  },
  { method: 'GET', pattern: ['operations', '*'], handle: (request, parts) => sync(known(request, parts)) },
  {
    method: 'GET',
    pattern: ['operations', '*', 'wait'],
    handle: async (request, parts) => {
      const operation = known(request, parts);
      const seconds = Number(request.query.get('timeout') ?? '-1');
      await parts.operations.wait(operation, seconds < 0 ? 3_600_000 : seconds * 1000);
      return sync(operation);
    },
  },
  {
    method: 'DELETE',
    pattern: ['operations', '*'],
    handle: (request, parts) => {
      const operation = known(request, parts);
      if (!operation.may_cancel) throw new LxdRefusal(400, "This operation can't be cancelled");
      parts.operations.end(operation, 'Cancelled', '');
      return sync({});
    },
  },
  {
    method: 'GET',
    pattern: ['operations', '*', 'websocket'],
    open: true,
    handle: (request) => {
      const offer = migrationPayloads.get(request.segments[1] ?? '');
      if (offer === undefined || request.query.get('secret') !== offer.secret) throw new LxdRefusal(404, 'not found');
      migrationPayloads.delete(request.segments[1] ?? '');
      offer.taken();
      return bytes(
        Buffer.from(JSON.stringify([...offer.files].map(([path, data]) => [path, data.toString('base64')]))),
      );
    },
  },
];

function known(request: FakeRequest, parts: FakeLxdParts): FakeOperation {
  const operation = parts.operations.get(request.segments[1] ?? '');
  if (operation === undefined) throw new LxdRefusal(404, 'Operation not found');
  return operation;
}
