import { TestBed } from '@angular/core/testing';
import { describe, expect, it } from 'vitest';
import type { Fault } from '../api/problem';
import { Dialogs } from '../feedback/dialogs';
import { SessionStore } from './session.store';
import { Sudo } from './sudo';

const fault = (status: number, code: string): Fault => ({
  status,
  code,
  title: '',
  detail: '',
  requestId: null,
  fields: {},
});

describe('sudo is offered', () => {
  it.each([
    ['to an administrator who was refused', 403, 'forbidden', true, false, true],
    ['to an administrator who sees nothing', 404, 'not-found', true, false, true],
    ['not to one who has it', 403, 'forbidden', true, true, false],
    ['not to a user', 403, 'forbidden', false, false, false],
    ['not for a wrong password', 403, 'bad-credentials', true, false, false],
    ['not for a conflict', 409, 'conflict', true, false, false],
    ['not when the server is down', 0, 'unreachable', true, false, false],
  ])('%s', (_who, status, code, canSudo, isAdmin, expected) => {
    TestBed.configureTestingModule({
      providers: [
        { provide: Dialogs, useValue: {} },
        { provide: SessionStore, useValue: { canSudo: () => canSudo, isAdmin: () => isAdmin } },
      ],
    });
    expect(TestBed.inject(Sudo).couldHelp(fault(status, code))).toBe(expected);
  });
});
