// @ts-check
/**
 * `node tools/bundle.mjs FILE [PACKAGE…]` (from a build script): puts a built program and all that it needs into one file, in its own place.
 * Looking for hundreds of files costs a process that must answer soon more than running them. The packages named stay outside: the libs that
 * it uses have them for what it never does, and a program that asks for one all the same is told that it is not there.
 */
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';

const [program = '', ...unused] = process.argv.slice(2);
const file = resolve(program);

/** @type {import('esbuild').Plugin} */
const asNodeFinds = {
  name: 'as-node-finds',
  setup(bundle) {
    // What was built, not its sources, where the paths of tsconfig.base.json lead.
    bundle.onResolve({ filter: /^@lxdm\// }, ({ path, resolveDir }) => ({
      path: createRequire(join(resolveDir, '_')).resolve(path),
    }));
    // What is not installed nobody here wants, such as the drivers of other databases: who asks for it all the same is told then.
    const asked = Symbol('asked');
    bundle.onResolve({ filter: /^[^./]/ }, async ({ path, kind, importer, resolveDir, pluginData }) => {
      if (pluginData === asked) return undefined;
      const found = await bundle.resolve(path, { kind, importer, resolveDir, pluginData: asked });
      return found.errors.length > 0 ? { path, external: true } : found;
    });
  },
};

await build({
  entryPoints: [file],
  outfile: file,
  allowOverwrite: true,
  bundle: true,
  platform: 'node',
  target: 'node20',
  sourcemap: true,
  sourcesContent: false,
  external: unused,
  plugins: [asNodeFinds],
  logLevel: 'warning',
});
