import type { ApiUnderTest } from './api-under-test';
import type { Browser } from './browser';

/** The answer is one of these problems, in its full form, and nothing was written. */
export async function expectProblemOf(
  api: ApiUnderTest,
  pending: ReturnType<Browser['get']>,
  statuses: number[],
): Promise<Record<string, unknown>> {
  const before = await api.rowCounts();
  const answer = await pending;
  expect({ status: answer.status, type: answer.type }).toEqual({
    status: answer.status,
    type: 'application/problem+json',
  });
  expect(statuses).toContain(answer.status);
  expect(answer.body).toEqual({
    type: `urn:lxdm:problem:${answer.body.code}`,
    title: expect.any(String),
    status: answer.status,
    detail: expect.any(String),
    code: expect.any(String),
    requestId: expect.stringMatching(/^[\w-]{36}$/),
    ...(answer.body.errors ? { errors: answer.body.errors } : {}),
  });
  expect(answer.headers['x-request-id']).toBe(answer.body.requestId);
  expect(await api.rowCounts()).toEqual(before);
  return answer.body as Record<string, unknown>;
}
