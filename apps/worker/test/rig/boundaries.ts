import type { FakeLxd, FakeRequest } from '@lxdm/testing';

/** On which side of a call's effect the worker is held. */
export type Side = 'before the effect' | 'after the effect, before the answer';

/** One place at which a worker can be killed. */
export interface Boundary {
  call: number;
  side: Side;
}

/** What is asked again and again without a wish: scans and greetings. */
const BACKGROUND = /^\/1\.0(\/instances|\/images|\/resources)?$/;

function isBackground({ method, path }: FakeRequest): boolean {
  return method === 'GET' && BACKGROUND.test(path);
}

/** Counts the calls that a wish leads to on a host, and holds the worker at one of them. */
export class Boundaries {
  readonly calls: string[] = [];
  /** When the worker was held, or undefined before that. */
  parkedAt: number | undefined;
  private release: (() => void) | undefined;

  constructor(
    private readonly fake: FakeLxd,
    at?: Boundary,
  ) {
    const numbers = new WeakMap<FakeRequest, number>();
    fake.onRequest = async (request) => {
      if (isBackground(request)) return;
      numbers.set(request, this.calls.push(labelOf(request)));
      if (at?.side === 'before the effect' && at.call === this.calls.length && this.parkedAt === undefined) {
        await this.park();
        throw new Error('the caller is dead: nothing of this happens');
      }
    };
    fake.onEffect = async (request) => {
      const here = at !== undefined && at.side !== 'before the effect' && numbers.get(request) === at.call;
      if (here && this.parkedAt === undefined) await this.park();
    };
  }

  /** Lets go of everything that is held, after the worker's death. */
  end(): void {
    this.fake.onRequest = undefined;
    this.fake.onEffect = undefined;
    this.release?.();
  }

  private park(): Promise<void> {
    this.parkedAt = performance.now();
    return new Promise((resolve) => (this.release = resolve));
  }
}

function labelOf({ method, path, body }: FakeRequest): string {
  const place = path
    .replace(/operations\/[0-9a-f-]{36}/, 'operations/ID')
    .replace(/instances\/[^/]+/, 'instances/NAME');
  return [method, place, body.text('action')].filter(Boolean).join(' ');
}
