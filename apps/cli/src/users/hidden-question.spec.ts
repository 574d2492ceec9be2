import { PassThrough } from 'node:stream';
import { askHidden } from './hidden-question';

/** A terminal that notes when it stops showing what is typed. */
class Terminal extends PassThrough {
  readonly raw: boolean[] = [];
  readonly shown: string[] = [];

  setRawMode(on: boolean): this {
    this.raw.push(on);
    return this;
  }

  ask(): Promise<string> {
    return askHidden('Password: ', this as unknown as NodeJS.ReadStream, (text) => this.shown.push(text));
  }
}

it.each([
  ['a line', ['correct horse\r'], 'correct horse'],
  ['keys one by one', ['a', 'b', 'c', '\n'], 'abc'],
  ['a correction', ['abx\u007fc\r'], 'abc'],
  ['a letter of two units taken back', ['a🔑\u007fb\r'], 'ab'],
  ['a new beginning', ['wrong\u0015right\r'], 'right'],
  ['too many corrections', ['\u007f\u007fa\r'], 'a'],
])('reads %s and shows none of it', async (_what, chunks, password) => {
  const terminal = new Terminal();
  const answer = terminal.ask();
  for (const chunk of chunks) terminal.write(chunk);
  expect(await answer).toBe(password);
  expect(terminal.shown).toEqual(['Password: ', '\n']);
  expect(terminal.raw).toEqual([true, false]);
});

it.each([
  ['Ctrl-C', 'abc\u0003'],
  ['Ctrl-D', '\u0004'],
])('gives up on %s and gives the terminal back', async (_what, keys) => {
  const terminal = new Terminal();
  const answer = terminal.ask();
  terminal.write(keys);
  await expect(answer).rejects.toThrow('Given up');
  expect(terminal.raw).toEqual([true, false]);
});
