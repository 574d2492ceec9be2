import type { FakeLxdParts } from './fake-parts';
import type { FakeRequest } from './fake-request';
import { LxdRefusal } from './lxd-refusal';
import { bytes, sync } from './reply';
import type { Route } from './router';

/** Files inside a container, flat: directories exist as soon as something lies in them. */
export const fileRoutes: readonly Route[] = [
  {
    method: 'GET',
    pattern: ['instances', '*', 'files'],
    handle: (request, parts) => {
      const content = filesOf(request, parts).get(request.query.get('path') ?? '');
      if (content === undefined) throw new LxdRefusal(404, 'Not Found');
      return bytes(content, { 'x-lxd-uid': '0', 'x-lxd-gid': '0', 'x-lxd-mode': '0644', 'x-lxd-type': 'file' });
    },
  },
  {
    method: 'POST',
    pattern: ['instances', '*', 'files'],
    handle: (request, parts) => {
      filesOf(request, parts).set(request.query.get('path') ?? '', request.raw);
      return sync({});
    },
  },
  {
    method: 'DELETE',
    pattern: ['instances', '*', 'files'],
    handle: (request, parts) => {
      if (!filesOf(request, parts).delete(request.query.get('path') ?? '')) throw new LxdRefusal(404, 'Not Found');
      return sync({});
    },
  },
];

function filesOf(request: FakeRequest, parts: FakeLxdParts): Map<string, Buffer> {
  return parts.engine.find(request.segments[1] ?? '').files;
}
