import { HttpErrorResponse } from '@angular/common/http';
import { describe, expect, it } from 'vitest';
import { faultOf } from './problem';

const problem = {
  type: 'urn:lxdm:problem:name-taken',
  title: 'Conflict',
  status: 409,
  detail: 'The name web1 is taken.',
  code: 'name-taken',
  requestId: 'r-1',
};

describe('faultOf', () => {
  it('reads problem+json', () => {
    expect(faultOf(new HttpErrorResponse({ status: 409, error: problem }))).toEqual({
      status: 409,
      code: 'name-taken',
      title: 'Conflict',
      detail: 'The name web1 is taken.',
      requestId: 'r-1',
      fields: {},
    });
  });

  it('reads a problem that came as text, as it does where no body was expected', () => {
    expect(faultOf(new HttpErrorResponse({ status: 409, error: JSON.stringify(problem) })).code).toBe('name-taken');
  });

  it('keeps the fields that are wrong', () => {
    const error = { ...problem, status: 400, errors: [{ field: 'name', message: 'Start with a letter' }] };
    expect(faultOf(new HttpErrorResponse({ status: 400, error })).fields).toEqual({ name: 'Start with a letter' });
  });

  it.each(['<html>Bad gateway</html>', null, 17, ''])('gives a sentence for a body that is no problem: %s', (error) => {
    const fault = faultOf(new HttpErrorResponse({ status: 502, error }));
    expect(fault).toMatchObject({ status: 502, code: 'http-502', requestId: null });
    expect(fault.detail).toContain('502');
  });

  it('tells a dead line from an answer', () => {
    expect(faultOf(new HttpErrorResponse({ status: 0 })).code).toBe('unreachable');
  });

  it('does not hide a fault of its own', () => {
    expect(faultOf(new TypeError('x is undefined')).detail).toContain('x is undefined');
  });
});
