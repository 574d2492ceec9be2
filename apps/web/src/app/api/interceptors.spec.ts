import { HttpClient, provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { firstValueFrom } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SessionStore } from '../session/session.store';
import { idempotencyInterceptor } from './idempotency-interceptor';
import { randomKey } from './random-key';
import { sessionInterceptor } from './session-interceptor';

class FakeSession {
  expired = 0;
  expire(): void {
    this.expired += 1;
  }
}

describe('interceptors', () => {
  const session = new FakeSession();
  let http: HttpClient;
  let server: HttpTestingController;

  beforeEach(() => {
    vi.useFakeTimers();
    session.expired = 0;
    TestBed.configureTestingModule({
      providers: [
        provideHttpClient(withInterceptors([sessionInterceptor, idempotencyInterceptor])),
        provideHttpClientTesting(),
        { provide: SessionStore, useValue: session },
      ],
    });
    http = TestBed.inject(HttpClient);
    server = TestBed.inject(HttpTestingController);
  });
  afterEach(() => {
    server.verify();
    vi.useRealTimers();
  });

  it('gives an action a key, and a reading none', () => {
    http.put('/api/containers/1/state', {}).subscribe();
    http.get('/api/containers').subscribe();
    expect(server.expectOne('/api/containers/1/state').request.headers.get('Idempotency-Key')).toMatch(
      /^[0-9a-f-]{36}$/,
    );
    expect(server.expectOne('/api/containers').request.headers.has('Idempotency-Key')).toBe(false);
  });

  it('sends a lost action once more, with the same key', async () => {
    const answer = firstValueFrom(http.delete('/api/containers/1'));
    const first = server.expectOne('/api/containers/1');
    first.error(new ProgressEvent('error'), { status: 0 });
    await vi.advanceTimersByTimeAsync(1000);
    const second = server.expectOne('/api/containers/1');
    expect(second.request.headers.get('Idempotency-Key')).toBe(first.request.headers.get('Idempotency-Key'));
    second.flush({ id: 'o1' });
    expect(await answer).toEqual({ id: 'o1' });
  });

  it('does not repeat what was refused', () => {
    const seen: unknown[] = [];
    http.delete('/api/containers/1').subscribe({ error: (error: unknown) => seen.push(error) });
    server.expectOne('/api/containers/1').flush({}, { status: 409, statusText: 'Conflict' });
    vi.advanceTimersByTime(5000);
    expect(seen).toHaveLength(1);
  });

  it.each([
    ['/api/containers', 401, 1],
    ['/api/containers', 403, 0],
    ['/api/session', 401, 0],
  ])('%s answering %i ends the session %i times', (url, status, times) => {
    http.get(url).subscribe({ error: () => undefined });
    server.expectOne(url).flush({}, { status, statusText: 'x' });
    expect(session.expired).toBe(times);
  });

  it('makes keys that differ', () => {
    expect(new Set(Array.from({ length: 50 }, randomKey)).size).toBe(50);
    expect(randomKey()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});
