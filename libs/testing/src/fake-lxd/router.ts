import type { FakeRequest } from './fake-request';
import type { FakeLxdParts } from './fake-parts';
import { execRoutes } from './exec-routes';
import { fileRoutes } from './file-routes';
import { imageRoutes } from './image-routes';
import { instanceRoutes } from './instance-routes';
import { LxdRefusal } from './lxd-refusal';
import { operationRoutes } from './operation-routes';
import { refusal, type Reply } from './reply';
import { serverRoutes } from './server-routes';

/** One row: method, segments after /1.0 with `*` for any one, and what answers. */
export interface Route {
  readonly method: string;
  readonly pattern: readonly string[];
  /** true: also for clients that are not trusted. */
  readonly open?: boolean;
  readonly handle: (request: FakeRequest, parts: FakeLxdParts) => Reply | Promise<Reply>;
}

const routes: readonly Route[] = [
  ...serverRoutes,
  ...instanceRoutes,
  ...operationRoutes,
  ...imageRoutes,
  ...fileRoutes,
  ...execRoutes,
];

/** Finds the route and turns refusals into LXD's error answers. */
export async function route(request: FakeRequest, parts: FakeLxdParts): Promise<Reply> {
  const found = routes.find(
    (candidate) => candidate.method === request.method && matches(candidate.pattern, request.segments),
  );
  if (!request.trusted && found?.open !== true) return refusal(403, 'not authorized');
  if (found === undefined) return refusal(404, 'not found');
  try {
    return await found.handle(request, parts);
  } catch (error) {
    if (error instanceof LxdRefusal) return refusal(error.status, error.message);
    // A fault of the fake itself has to be seen in the test that meets it.
    return refusal(500, error instanceof Error ? `fault of the fake: ${error.stack}` : String(error));
  }
}

function matches(pattern: readonly string[], segments: readonly string[]): boolean {
  return pattern.length === segments.length && pattern.every((part, index) => part === '*' || part === segments[index]);
}
