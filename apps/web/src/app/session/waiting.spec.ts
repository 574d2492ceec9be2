import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { Router } from '@angular/router';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SessionStore } from './session.store';
import { Waiting } from './waiting';

class FakeSession {
  readonly standing = signal<'active' | 'waiting' | 'blocked'>('waiting');
  readonly user = signal({ displayName: 'Grace', username: 'grace' });
  checks = 0;
  active(): boolean {
    return this.standing() === 'active';
  }
  check(): Promise<void> {
    this.checks += 1;
    return Promise.resolve();
  }
}

describe('the waiting page', () => {
  const session = new FakeSession();
  let went: string[];

  beforeEach(() => {
    vi.useFakeTimers();
    session.standing.set('waiting');
    session.checks = 0;
    went = [];
    TestBed.configureTestingModule({
      providers: [
        { provide: SessionStore, useValue: session },
        { provide: Router, useValue: { navigateByUrl: (url: string) => Promise.resolve(went.push(url)) } },
      ],
    });
  });
  afterEach(() => vi.useRealTimers());

  function opened(returnUrl?: string) {
    const fixture = TestBed.createComponent(Waiting);
    fixture.componentRef.setInput('returnUrl', returnUrl);
    TestBed.tick();
    return fixture;
  }

  it('looks every three seconds, and no more once it is left', async () => {
    const fixture = opened();
    await vi.advanceTimersByTimeAsync(9_000);
    expect(session.checks).toBe(3);
    fixture.destroy();
    await vi.advanceTimersByTimeAsync(9_000);
    expect(session.checks).toBe(3);
  });

  it.each([
    ['/containers/7?tab=1', '/containers/7?tab=1'],
    ['//elsewhere.example', '/'],
    ['/waiting?returnUrl=/waiting', '/'],
    [undefined, '/'],
  ])('goes on to %s as %s when approved', (returnUrl, url) => {
    opened(returnUrl);
    expect(went).toEqual([]);
    session.standing.set('active');
    TestBed.tick();
    expect(went).toEqual([url]);
  });

  it('says that somebody is blocked', () => {
    session.standing.set('blocked');
    const text = (opened().nativeElement as HTMLElement).textContent;
    expect(text).toContain('blocked');
    expect(text).not.toContain('Waiting');
  });
});
