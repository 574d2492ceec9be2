import { pulseCheck, unreachable } from './pulse-check';

it.each([
  ['never seen', [], false, 'has never been seen'],
  ['alive', [{ process: 'worker', ageSeconds: 3, problem: null }], true, 'alive'],
  ['old', [{ process: 'worker', ageSeconds: 15.6, problem: null }], false, 'was last seen 16 s ago'],
  [
    'in trouble',
    [{ process: 'worker', ageSeconds: 1, problem: 'password is x' }],
    false,
    'reports a problem; see its log',
  ],
  ['another', [{ process: 'scheduler', ageSeconds: 1, problem: null }], false, 'has never been seen'],
])('%s', (_case, pulses, ok, detail) => expect(pulseCheck('worker', pulses)).toEqual({ name: 'worker', ok, detail }));

it.each([
  [Object.assign(new Error('connect 192.0.2.1'), { code: 'ECONNREFUSED' }), 'does not answer (ECONNREFUSED)'],
  [
    new Error('fetch failed', { cause: Object.assign(new Error('x'), { code: 'ETIMEDOUT' }) }),
    'does not answer (ETIMEDOUT)',
  ],
  [new Error('postgres://user:password@host'), 'does not answer'],
  [null, 'does not answer'],
])('tells no address: %s', (error, detail) => expect(unreachable(error)).toBe(detail));
