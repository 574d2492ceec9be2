import { allocate, allocateAgain } from './allocate';

it('gives every answer memory of its own', () => {
  const [one, two] = [allocate(20), allocate(20)];
  one.fill(1);
  two.fill(2);
  expect([one.length, one.every((octet) => octet === 1)]).toEqual([20, true]);
});

describe('memory that is used again', () => {
  const again = allocateAgain(100);

  it.each([0, 12, 99, 100])('has %d octets when so many are wanted, always the same ones', (octets) => {
    const first = again(octets).fill(1);
    const second = again(octets).fill(2);
    expect([first.length, second.length]).toEqual([octets, octets]);
    expect(first).toEqual(second);
  });

  it('is left alone by answers that are too large for it', () => {
    const small = again(100).fill(1);
    const [one, two] = [again(101).fill(2), again(101).fill(3)];
    expect([one.length, one[0], two[0], small[0]]).toEqual([101, 2, 3, 1]);
  });
});
