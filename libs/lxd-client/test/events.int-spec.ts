import type { EventStreamItem, EventStreamOptions, LxdEventStream, LxdHost } from '../src/index';
import { makeRig, type Rig } from './rig';

const hasty: EventStreamOptions = { pingMs: 100, deadMs: 1_000, minBackoffMs: 20, maxBackoffMs: 60 };

/** A reader that can be asked for the next item of a kind. */
class Reader {
  readonly stream: LxdEventStream;
  private readonly items: AsyncIterator<EventStreamItem, undefined>;

  constructor(host: LxdHost, options: EventStreamOptions = {}) {
    this.stream = host.events({ ...hasty, ...options });
    this.items = this.stream[Symbol.asyncIterator]();
  }

  async until<K extends EventStreamItem['kind']>(kind: K): Promise<Extract<EventStreamItem, { kind: K }>> {
    for (;;) {
      const { value } = await this.items.next();
      if (value === undefined) throw new Error(`the stream ended before ${kind}`);
      if (isKind(value, kind)) return value;
    }
  }
}

function isKind<K extends EventStreamItem['kind']>(
  item: EventStreamItem,
  kind: K,
): item is Extract<EventStreamItem, { kind: K }> {
  return item.kind === kind;
}

describe('the event stream', () => {
  let rig: Rig;
  let reader: Reader;
  beforeEach(async () => {
    rig = await makeRig();
    reader = new Reader(rig.connect());
    await reader.until('connected');
  });
  afterEach(async () => {
    await reader.stream.close();
    await rig.close();
  });

  it('brings what happens behind our back', async () => {
    rig.fake.addInstance('web');
    rig.fake.meddle('web', 'start');
    expect(await reader.until('event')).toMatchObject({
      event: { type: 'lifecycle', metadata: { action: 'instance-started', source: '/1.0/instances/web' } },
    });
  });

  it.each<[string, (rig: Rig) => unknown, (rig: Rig) => unknown, string]>([
    ['a cut', ({ fake }) => fake.events.cut(), () => undefined, 'unreachable'],
    ['a restart', ({ fake }) => fake.restart(), () => undefined, 'unreachable'],
    ['a host that is down', ({ fake }) => fake.refuse(), ({ fake }) => fake.listen(), 'unreachable'],
    ['a host that hangs', ({ fake }) => fake.freeze(), ({ fake }) => fake.heal(), 'timeout'],
  ])('survives %s and says that a rescan is due', async (_what, break_, mend, kind) => {
    await break_(rig);
    const { reason, retryInMs } = await reader.until('disconnected');
    expect(reason.kind).toBe(kind);
    expect(retryInMs).toBeLessThanOrEqual(60);
    await mend(rig);
    await reader.until('connected');
    rig.fake.addInstance('web');
    rig.fake.meddle('web', 'stop');
    await reader.until('event');
  });

  it('keeps asking, rarely, a host that has forgotten us', async () => {
    rig.fake.trust.forgetAll();
    rig.fake.events.cut();
    await reader.until('disconnected');
    const { reason, retryInMs } = await reader.until('disconnected');
    expect(reason).toMatchObject({ kind: 'not-trusted', retryable: false });
    expect(retryInMs).toBeGreaterThanOrEqual(30);
    rig.fake.trustClient(rig.client);
    await reader.until('connected');
  });

  it('never takes another certificate', async () => {
    rig.fake.changeCertificate();
    const kinds = [(await reader.until('disconnected')).reason.kind, (await reader.until('disconnected')).reason.kind];
    expect(kinds).toContain('certificate-changed');
    expect(rig.fake.events.count).toBe(0);
  });

  it('passes over frames that are no events', async () => {
    for (const junk of ['', 'hello', '{', 'null', '[]', '{"type":"logging","metadata":{}}', '{"type":"operation"}']) {
      rig.fake.events.sendRaw(junk);
    }
    rig.fake.events.send('lifecycle', { action: 'after', source: '/1.0/x' });
    expect(await reader.until('event')).toMatchObject({ event: { metadata: { action: 'after' } } });
  });

  it('stays connected while nothing happens: pings are answered', async () => {
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    rig.fake.events.send('lifecycle', { action: 'late', source: '/1.0/x' });
    expect((await reader.until('event')).event.metadata).toMatchObject({ action: 'late' });
    expect(rig.fake.counts.of('GET', '/1.0/events')).toBe(1);
  });

  it('drops a backlog that nobody reads and asks for a rescan instead', async () => {
    const lazy = new Reader(rig.connect(), { maxUnread: 5 });
    await lazy.until('connected');
    for (let count = 0; count < 50; count += 1)
      rig.fake.events.send('lifecycle', { action: 'flood', source: '/1.0/x' });
    expect((await lazy.until('disconnected')).reason.kind).toBe('busy');
    await lazy.until('connected');
    await lazy.stream.close();
  });

  it('ends the loop of its reader when it is closed, or when the signal says so', async () => {
    const stop = new AbortController();
    const reading = (async (): Promise<number> => {
      let seen = 0;
      for await (const item of rig.connect().events({ signal: stop.signal })) {
        seen += 1;
        if (item.kind === 'connected') stop.abort();
      }
      return seen;
    })();
    expect(await reading).toBe(1);
  });

  it('has one reader', () => {
    expect(() => reader.stream[Symbol.asyncIterator]()).toThrow(/one reader/);
  });
});
