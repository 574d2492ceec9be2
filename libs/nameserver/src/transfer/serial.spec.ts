import { isNewerSerial } from './serial';

it.each([
  [1, 0, true],
  [0, 1, false],
  [5, 5, false],
  [0, 0xffff_ffff, true],
  [0xffff_ffff, 0, false],
  [0x7fff_ffff, 0, true],
  [0x8000_0001, 0, false],
  [0x8000_0000, 0, false],
  [0, 0x8000_0000, false],
  [100, 0xffff_ff00, true],
])('%d is newer than %d: %s', (serial, than, expected) => {
  expect(isNewerSerial(serial, than)).toBe(expected);
});
