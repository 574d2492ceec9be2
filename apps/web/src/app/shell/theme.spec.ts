import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { Theme } from './theme';

describe('Theme', () => {
  const classes = document.documentElement.classList;
  beforeEach(() => localStorage.clear());

  it('follows the system unless told otherwise', () => {
    const theme = TestBed.inject(Theme);
    TestBed.tick();
    expect(theme.choice()).toBe('system');
    expect(classes.contains('theme-dark') || classes.contains('theme-light')).toBe(false);
  });

  it('is kept on this device', () => {
    TestBed.inject(Theme).choice.set('dark');
    TestBed.tick();
    expect(classes.contains('theme-dark')).toBe(true);
    TestBed.resetTestingModule();
    expect(TestBed.inject(Theme).choice()).toBe('dark');
  });

  it('takes no nonsense from storage', () => {
    localStorage.setItem('lxdm.theme', 'pink');
    expect(TestBed.inject(Theme).choice()).toBe('system');
  });
});
