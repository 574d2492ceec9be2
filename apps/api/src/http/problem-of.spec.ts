import { DomainError, ErrorCode, invalid, notFound } from '@lxdm/domain';
import { BadRequestException, NotFoundException } from '@nestjs/common';
import { problemOf } from './problem-of';
import { RequestFault } from './request-fault';

const withFields = (message: string, fields: object): Error => Object.assign(new Error(message), fields);

it.each<[ErrorCode, number]>([
  ['invalid', 400],
  ['name-reserved', 400],
  ['bad-credentials', 401],
  ['unauthenticated', 401],
  ['forbidden', 403],
  ['not-found', 404],
  ['conflict', 409],
  ['name-taken', 409],
  ['key-exists', 409],
  ['host-has-containers', 409],
  ['rate-limited', 429],
  ['not-ready', 503],
])('%s is %d', (code, status) => {
  const { problem, unexpected } = problemOf(new DomainError(code, 'Words.'), 'r1');
  expect(problem).toEqual({
    type: `urn:lxdm:problem:${code}`,
    title: expect.any(String),
    status,
    detail: 'Words.',
    code,
    requestId: 'r1',
  });
  expect(unexpected).toBe(false);
});

it('names the fields, and when to try again', () => {
  expect(problemOf(invalid('name', 'Too short.'), 'r').problem.errors).toEqual([
    { field: 'name', message: 'Too short.' },
  ]);
  expect(problemOf(notFound('host'), 'r').problem.errors).toBeUndefined();
  expect(problemOf(new DomainError('rate-limited', 'x', [], 12.3), 'r').headers).toEqual({ 'Retry-After': '13' });
});

it.each<[string, unknown, number, string]>([
  ['a request fault', new RequestFault(421, 'unknown-host', 'x'), 421, 'unknown-host'],
  ['a body too large', withFields('x', { type: 'entity.too.large', status: 413 }), 413, 'too-large'],
  [
    'bad JSON',
    withFields('Unexpected token s in "secret"', { type: 'entity.parse.failed', status: 400 }),
    400,
    'invalid',
  ],
  ['an unknown charset', withFields('x', { type: 'charset.unsupported' }), 415, 'unsupported-media-type'],
  ['an aborted request', withFields('x', { type: 'request.aborted' }), 400, 'invalid'],
  ['an unknown route', new NotFoundException('Cannot GET /secret'), 404, 'not-found'],
  ['a Nest exception', new BadRequestException('x'), 400, 'invalid'],
  ['a malformed path', new URIError('x'), 400, 'invalid'],
])('%s is expected', (_case, error, status, code) => {
  const { problem, unexpected } = problemOf(error, 'r');
  expect(problem).toMatchObject({ status, code });
  expect(JSON.stringify(problem)).not.toContain('secret');
  expect(unexpected).toBe(false);
});

it.each<[string, Error]>([
  ['refused connection', withFields('connect ECONNREFUSED 192.0.2.1', { code: 'ECONNREFUSED' })],
  ['shutdown', withFields('x', { driverError: withFields('terminating', { code: '57P01' }) })],
  ['starting up', withFields('x', { driverError: withFields('starting', { code: '57P03' }) })],
  ['time-out', withFields('x', { driverError: withFields('canceling', { code: '57014' }) })],
  ['too many connections', withFields('x', { code: '53300' })],
  ['disk full', withFields('x', { driverError: withFields('x', { code: '53100' }) })],
  ['read-only', withFields('x', { driverError: withFields('x', { code: '25006' }) })],
  ['lost in the middle', new Error('Connection terminated unexpectedly')],
  ['pool time-out', new Error('timeout exceeded when trying to connect')],
])('a database that is down is 503: %s', (_case, error) => {
  const { problem, headers, unexpected } = problemOf(error, 'r');
  expect(problem).toMatchObject({ status: 503, code: 'not-ready' });
  expect(headers).toEqual({ 'Retry-After': '5' });
  expect(JSON.stringify(problem)).not.toContain('192.0.2.1');
  expect(unexpected).toBe(true);
});

it.each<[string, unknown]>([
  ['an error', new Error('secret internals')],
  ['an SQL error', withFields('secret', { driverError: withFields('x', { code: '42P01' }) })],
  ['a thrown text', 'secret'],
  ['undefined', undefined],
])('%s tells nothing but where to look', (_case, error) => {
  const { problem, unexpected } = problemOf(error, 'r-17');
  expect(problem).toMatchObject({ status: 500, code: 'internal', detail: expect.stringContaining('r-17') });
  expect(JSON.stringify(problem)).not.toContain('secret');
  expect(unexpected).toBe(true);
});
