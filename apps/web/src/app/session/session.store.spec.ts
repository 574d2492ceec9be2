import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter, Router } from '@angular/router';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ServerClock } from '../api/server-clock';
import { Notices } from '../feedback/notices';
import { signedIn, signedOut } from './session-guard';
import { SessionStore } from './session.store';

@Component({ template: '' })
class Blank {}

const session = {
  user: {
    id: 'u1',
    username: 'ada',
    displayName: 'Ada',
    isAdmin: true,
    standing: 'active' as string,
    gitlab: null,
    hasPassword: true,
  },
  csrfToken: 't',
  expiresAt: '2026-01-01T00:00:00Z',
  sudoUntil: null as string | null,
};

describe('SessionStore', () => {
  let store: SessionStore;
  let server: HttpTestingController;
  let router: Router;
  let warned: string[];

  beforeEach(() => {
    warned = [];
    TestBed.configureTestingModule({
      providers: [
        provideHttpClient(),
        provideHttpClientTesting(),
        { provide: Notices, useValue: { warn: (text: string) => warned.push(text) } },
        provideRouter([
          { path: 'sign-in', component: Blank, canActivate: [signedOut] },
          { path: 'waiting', component: Blank },
          { path: 'hosts', component: Blank, canActivate: [signedIn] },
        ]),
      ],
    });
    store = TestBed.inject(SessionStore);
    server = TestBed.inject(HttpTestingController);
    router = TestBed.inject(Router);
  });

  const answer = async (status: number): Promise<void> => {
    const request = await vi.waitFor(() => server.expectOne('/api/session'));
    if (status === 200) request.flush(session);
    else if (status === 0) request.error(new ProgressEvent('error'));
    else request.flush({}, { status, statusText: 'x' });
  };

  it('asks once and remembers', async () => {
    const known = store.known();
    await answer(200);
    expect(await known).toBe(true);
    expect(await store.known()).toBe(true);
    expect(store.canSudo()).toBe(true);
    server.verify();
  });

  it('a server that is down ends no session', async () => {
    const known = store.known();
    await answer(200);
    await known;
    const check = store.check();
    await answer(0);
    await check;
    expect(store.signedIn()).toBe(true);
  });

  it('a 401 does, and leads back to the page afterwards', async () => {
    const opened = router.navigateByUrl('/hosts');
    await answer(200);
    await opened;
    const check = store.check();
    await answer(401);
    await check;
    expect(store.signedIn()).toBe(false);
    await expect.poll(() => router.url).toBe('/sign-in?returnUrl=%2Fhosts&expired=true');
  });

  it('the guard sends a stranger to sign in', async () => {
    const opened = router.navigateByUrl('/hosts');
    await answer(401);
    await opened;
    expect(router.url).toBe('/sign-in?returnUrl=%2Fhosts');
  });

  it('who is not let in waits, on the way back to the page', async () => {
    const opened = router.navigateByUrl('/hosts');
    const request = await vi.waitFor(() => server.expectOne('/api/session'));
    request.flush({ ...session, user: { ...session.user, standing: 'waiting' } });
    await opened;
    expect(router.url).toBe('/waiting?returnUrl=%2Fhosts');
    expect(store.active()).toBe(false);
  });

  it('an administrator is one only under sudo, and that ends by itself', async () => {
    const inSeconds = (seconds: number): string => new Date(Date.now() + seconds * 1000).toISOString();
    const known = store.known();
    await answer(200);
    await known;
    expect([store.canSudo(), store.isAdmin()]).toEqual([true, false]);
    vi.useFakeTimers();
    try {
      const turned = store.turnSudoOn('secret');
      const request = server.expectOne('/api/session/sudo');
      expect(request.request.body).toEqual({ password: 'secret' });
      request.flush({ ...session, sudoUntil: inSeconds(900) });
      await turned;
      expect(store.isAdmin()).toBe(true);
      await vi.advanceTimersByTimeAsync(899_000);
      expect(store.isAdmin()).toBe(true);
      await vi.advanceTimersByTimeAsync(1_500);
      expect(store.isAdmin()).toBe(false);
      server.expectOne('/api/session').flush(session);
    } finally {
      vi.useRealTimers();
    }
  });

  it('measures the end of sudo by the clock of the server', async () => {
    const hour = 3_600_000;
    TestBed.inject(ServerClock).heard(new Date(Date.now() - hour).toUTCString());
    const turned = store.turnSudoOn('secret');
    server
      .expectOne('/api/session/sudo')
      .flush({ ...session, sudoUntil: new Date(Date.now() - hour + 60_000).toISOString() });
    await turned;
    expect(store.isAdmin()).toBe(true);
  });

  it('a link to GitLab that failed leads back to the page, with the reason', async () => {
    const opened = router.navigateByUrl('/sign-in?error=account-taken&returnUrl=%2Fhosts');
    await answer(200);
    await opened;
    expect(router.url).toBe('/hosts');
    expect(warned).toEqual([expect.stringContaining('belongs to another user')]);
  });
});
