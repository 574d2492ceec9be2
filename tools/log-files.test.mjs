// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorLines } from './log-files.mjs';

for (const [name, text, expected] of /** @type {[string, string, string[]][]} */ ([
  ['information is not shown', '{"level":30,"msg":"started"}', []],
  ['an error is shown by its message', '{"level":50,"msg":"no database"}', ['no database']],
  ['a fatal error without a message shows its error', '{"level":60,"err":{"message":"gone"}}', ['gone']],
  [
    'what Node prints when it dies is shown',
    'Error: listen EADDRINUSE\n    at Server.listen\n',
    ['Error: listen EADDRINUSE'],
  ],
  ['half a line of JSON is passed over', '{"level":50,"ms', []],
]))
  test(name, () => assert.deepEqual(errorLines(text), expected));
