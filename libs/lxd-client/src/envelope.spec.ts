import { kindOfAnswer, openEnvelope } from './envelope';
import type { HttpReply } from './transport';

const reply = (status: number, body: unknown, headers: HttpReply['headers'] = {}): HttpReply => ({
  status,
  headers,
  body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
});
const open = (given: HttpReply): unknown => openEnvelope(given, 'https://h:8443', 'GET /1.0/x');

describe('kindOfAnswer', () => {
  it.each([
    [401, 'not authorized', 'not-trusted'],
    [403, 'not authorized', 'not-trusted'],
    [403, 'This "x" already exists', 'not-trusted'],
    [404, 'Instance not found', 'not-found'],
    [409, '', 'conflict'],
    [412, "ETag doesn't match", 'conflict'],
    [400, 'Instance is running', 'conflict'],
    [400, 'Instance is not running', 'conflict'],
    [400, 'The instance is already stopped', 'conflict'],
    [500, 'Add instance info to the database: This "instances" entry already exists', 'conflict'],
    [500, 'Failed to create instance update operation: Instance is busy running a "stop" operation', 'busy'],
    [500, 'database is locked', 'busy'],
    [429, '', 'busy'],
    [500, 'Requested profile "nope" doesn\'t exist', 'bad-request'],
    [500, 'Invalid config: Unknown configuration key: nonsense', 'bad-request'],
    [400, 'Invalid instance name', 'bad-request'],
    [500, 'no space left on device', 'server'],
    [503, 'LXD daemon is shutting down', 'server'],
    [302, '', 'garbage'],
  ])('%i %s → %s', (status, words, kind) => {
    expect(kindOfAnswer(status, words)).toBe(kind);
  });
});

describe('openEnvelope', () => {
  it('gives metadata and ETag', () => {
    const answer = open(reply(200, { type: 'sync', metadata: { a: 1 } }, { etag: '"abc"' }));
    expect(answer).toEqual({ type: 'sync', metadata: { a: 1 }, etag: '"abc"' });
  });

  it('throws what LXD says, with its words and ours', () => {
    expect(() => open(reply(404, { type: 'error', error: 'Instance not found', error_code: 404 }))).toThrow(
      expect.objectContaining({
        kind: 'not-found',
        retryable: false,
        status: 404,
        lxdMessage: 'Instance not found',
        message: 'https://h:8443 refused GET /1.0/x: Instance not found (404)',
      }),
    );
  });

  it('believes the error_code where the HTTP status was sent too early', () => {
    expect(() => open(reply(200, { type: 'error', error: 'Operation not found', error_code: 404 }))).toThrow(
      expect.objectContaining({ kind: 'not-found' }),
    );
  });

  it.each([
    ['a web page', 200, '<html></html>', 'garbage'],
    ['a web page', 502, '  <!doctype html>', 'server'],
    ['no JSON', 200, 'hello', 'garbage'],
    ['no JSON', 200, '', 'garbage'],
    ['no JSON', 200, '{"type":"sync","meta', 'garbage'],
    ["JSON that is not LXD's", 200, '[]', 'garbage'],
    ["JSON that is not LXD's", 200, 'null', 'garbage'],
    ["JSON that is not LXD's", 404, '{"message":"no such app"}', 'garbage'],
    ["JSON that is not LXD's", 200, '{"type":"other"}', 'garbage'],
  ])('%s with %i: %s', (shape, status, body, kind) => {
    expect(() => open(reply(status, body))).toThrow(
      expect.objectContaining({ kind, retryable: true, message: expect.stringContaining(shape) as string }),
    );
  });
});
