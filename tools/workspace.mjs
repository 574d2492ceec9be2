// @ts-check
/** Where things lie in the checkout. */
import { join, resolve } from 'node:path';

/** The checkout. */
export const root = resolve(import.meta.dirname, '..');

/** @param {string[]} parts */
export const inRoot = (...parts) => join(root, ...parts);

/** The compiled entry of an app. @param {string} app */
export const appEntry = (app) => inRoot('apps', app, 'dist', 'main.js');

/** What somebody can do something about: shown as a sentence, without a stack. */
export class ExpectedError extends Error {
  expected = true;
}
