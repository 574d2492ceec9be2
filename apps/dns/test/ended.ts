import { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** Ends a program, and does not wait for ever for one that does not want to. */
export async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const end = once(child, 'exit');
  child.kill('SIGTERM');
  const impatience = setTimeout(() => child.kill('SIGKILL'), 5_000);
  await end;
  clearTimeout(impatience);
}
