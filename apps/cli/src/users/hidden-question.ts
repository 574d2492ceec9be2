import { Refusal } from '../command';

const ENTER = /[\r\n]/;
const INTERRUPT = '\u0003';
const END_OF_INPUT = '\u0004';
const ERASE_ALL = '\u0015';
const BACKSPACES = new Set(['\u007f', '\b']);

/** Asks at a terminal without showing what is typed. */
export function askHidden(question: string, input: NodeJS.ReadStream, show: (text: string) => void): Promise<string> {
  show(question);
  input.setRawMode(true);
  input.setEncoding('utf8');
  return new Promise((resolve, reject) => {
    let typed: string[] = [];
    const finish = (settle: () => void) => {
      input.off('data', read);
      input.setRawMode(false);
      input.pause();
      show('\n');
      settle();
    };
    const read = (chunk: string | Buffer) => {
      for (const key of String(chunk)) {
        if (ENTER.test(key)) return finish(() => resolve(typed.join('')));
        if (key === INTERRUPT || key === END_OF_INPUT)
          return finish(() => reject(new Refusal('Given up; nothing was changed.')));
        if (key === ERASE_ALL) typed = [];
        else if (BACKSPACES.has(key)) typed.pop();
        else typed.push(key);
      }
    };
    input.on('data', read);
    input.resume();
  });
}
