// @ts-check
/** Which module does which npm script. Each is loaded only when it is asked for. */
import { root } from './workspace.mjs';

/** @type {Record<string, {about: string, run: (args: string[]) => Promise<number>}>} */
const commands = {
  start: {
    about: 'the manager on this machine: console, API, worker, scheduler, name server',
    run: async () => (await import('./start.mjs')).start(),
  },
  demo: {
    about: 'the same with a lab of real LXD hosts, a first project and a first container',
    run: async (args) => (await import('./demo.mjs')).demo(args),
  },
  cli: { about: "the operator's command line", run: async (args) => (await import('./cli.mjs')).cli(args) },
  build: {
    about: 'builds what has changed',
    run: async () => (await import('./bootstrap.mjs')).bootstrap().then(() => 0),
  },
  test: {
    about: 'every test; --unit: only those that need nothing',
    run: async (args) => (await import('./test.mjs')).test(args),
  },
  check: {
    about: 'lint, format, types, boundaries, generated files, migrations',
    run: async () => (await import('./check.mjs')).check(),
  },
  fuzz: {
    about: 'millions of packets that no sane client sends, at the name server',
    run: async (args) => (await import('./fuzz.mjs')).fuzz(args),
  },
  bench: { about: 'measures, as docs/ quotes them', run: async (args) => (await import('./bench.mjs')).bench(args) },
};

/** @param {string[]} words */
export async function run([name = '', ...args]) {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) {
    const list = Object.entries(commands).map(([key, { about }]) => `  npm run ${key.padEnd(6)} ${about}`);
    console.error(`${name ? `There is no command "${name}". ` : ''}There are:\n${list.join('\n')}`);
    process.exitCode = 2;
    return;
  }
  process.chdir(root);
  process.exit(await command.run(args));
}
