import { TcpFrames } from './tcp-frames';

const frame = (length: number, fill = 1): Buffer =>
  Buffer.concat([Buffer.of(length >> 8, length & 0xff), Buffer.alloc(length, fill)]);

describe('TCP frames', () => {
  it('come out whole and in order, however they are cut', () => {
    const stream = Buffer.concat([frame(12, 1), frame(300, 2), frame(20, 3)]);
    for (const step of [1, 2, 3, 13, 14, 15, 100, stream.length]) {
      const frames = new TcpFrames(4096);
      const taken: Buffer[] = [];
      for (let at = 0; at < stream.length; at += step) {
        frames.push(stream.subarray(at, at + step));
        while (frames.ready) taken.push(Buffer.from(frames.take()));
        frames.compact();
      }
      expect(taken).toEqual([Buffer.alloc(12, 1), Buffer.alloc(300, 2), Buffer.alloc(20, 3)]);
    }
  });

  it.each([
    [0, true],
    [11, true],
    [12, false],
    [4096, false],
    [4097, true],
    [65535, true],
  ])('a prefix of %d: broken %s', (length, broken) => {
    const frames = new TcpFrames(4096);
    frames.push(Buffer.of(length >> 8, length & 0xff));
    expect({ broken: frames.broken, ready: frames.ready }).toEqual({ broken, ready: false });
  });
});
