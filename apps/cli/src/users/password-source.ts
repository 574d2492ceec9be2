import { readSettings } from '@lxdm/runtime';
import { Invocation, Refusal, UsageError } from '../command';
import { settings } from '../settings';
import { askHidden } from './hidden-question';

/** More than any password: whoever pipes a disk image in by mistake is told, not waited for. */
const MAX_INPUT = 16 * 1024;

/** Where a new password comes from: standard input, the environment, or a person at a terminal. */
export async function newPassword({ options, environment, input, output }: Invocation): Promise<string> {
  if (options['password-stdin'] === true) return firstLine(input);
  const { adminPassword } = readSettings({ adminPassword: settings.adminPassword }, environment);
  if (adminPassword !== null) return adminPassword;
  if (!input.isTTY)
    throw new UsageError('No password: use --password-stdin, LXDM_ADMIN_PASSWORD or LXDM_ADMIN_PASSWORD_FILE.');
  const password = await askHidden('Password: ', input, output.prompt);
  const again = await askHidden('The same again: ', input, output.prompt);
  if (password !== again) throw new Refusal('The two are not the same; nothing was changed.');
  return password;
}

async function firstLine(input: AsyncIterable<Buffer | string>): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of input) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > MAX_INPUT) throw new Refusal('Standard input holds more than a password.');
    chunks.push(bytes);
    if (bytes.includes(0x0a)) break;
  }
  const [line = ''] = Buffer.concat(chunks).toString('utf8').split('\n', 1);
  const password = line.replace(/\r$/, '');
  if (password === '') throw new Refusal('Standard input holds no password.');
  return password;
}
