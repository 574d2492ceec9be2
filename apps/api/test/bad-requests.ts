import { ApiUnderTest } from './api-under-test';
import type { Browser } from './browser';
import { expectProblemOf } from './expect-problem';

/** The methods that there are requests for. */
export type Method = 'post' | 'put' | 'delete' | 'get';

/** An application with one host and one container, an admin who asks it for nonsense, and the answer that is expected. */
export interface BadRequests {
  api: ApiUnderTest;
  admin: Browser;
  hostId: string;
  containerId: string;
  expectProblem: (pending: ReturnType<Browser['get']>, statuses: number[]) => ReturnType<typeof expectProblemOf>;
}

/** Starts the application before the tests of a suite and ends it after them; filled only while they run. */
export function badRequests(): BadRequests {
  const given = {
    expectProblem: (pending, statuses) => expectProblemOf(given.api, pending, statuses),
  } as BadRequests;
  beforeAll(async () => {
    given.api = await ApiUnderTest.start();
    given.admin = await given.api.signedIn('admin', true);
    const { seeds } = given.api;
    given.hostId = await seeds.host('host1');
    const projectId = await seeds.project('team');
    given.containerId = await seeds.container('web1', { hostId: given.hostId, projectId });
  });
  afterAll(() => given.api.stop());
  return given;
}
