import { run } from './run';

const output = {
  result: (text: string) => void process.stdout.write(`${text}\n`),
  remark: (text: string) => void process.stderr.write(`${text}\n`),
  prompt: (text: string) => void process.stderr.write(text),
};

// A reader such as `head` that has seen enough is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

run(process.argv.slice(2), { environment: process.env, input: process.stdin, output }).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    output.remark(error instanceof Error ? (error.stack ?? error.message) : String(error));
    process.exitCode = 1;
  },
);
