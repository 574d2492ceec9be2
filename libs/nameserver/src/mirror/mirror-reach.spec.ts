import { Name } from '../name';
import { RrType } from '../rr-type';
import { Mirror, MirrorOutcome } from './mirror';

const origin = Name.parse('ct.example.');

it.each([
  // The system refuses to connect to it, as it does to any address while there is no way there.
  ['there is no way to it', '255.255.255.255'],
  ['nobody listens there', '127.0.0.1'],
])('has no such name, and breaks nothing, where %s', async (_why, address) => {
  const outcomes: MirrorOutcome[] = [];
  const mirror = new Mirror({ address, port: 1, origin, timeout: 500, onOutcome: (outcome) => outcomes.push(outcome) });
  expect(await mirror.ask(Name.parse('old.ct.example.').key, RrType.A)).toBeNull();
  expect(outcomes).toEqual(['late']);
  expect(mirror.waiting).toBe(0);
});
