import { readFile } from 'node:fs/promises';
import type { TextProblem } from '@lxdm/domain';
import { Invocation, Refusal } from '../command';
import { printable } from '../output';

/** A text of 1 MiB is the largest that is taken; a little more is read, so that it is told. */
const MOST_OCTETS = 1_048_576 + 1;

/** The text of a file, or of the standard input for `-`. */
export async function readText(file: string, input: Invocation['input']): Promise<string> {
  const octets = file === '-' ? await readAll(input) : await readFrom(file);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(octets);
  } catch (error) {
    throw new Refusal(`${printable(file)} is not UTF-8.`, { cause: error });
  }
}

/** How a problem is told: places that editors and terminals can follow. */
export function problemLine(file: string, { line, column, severity, message }: TextProblem): string {
  const kind = severity === 'warning' ? 'warning: ' : '';
  return printable(`${file}:${line}:${column}: ${kind}${message}`);
}

async function readAll(input: Invocation['input']): Promise<Buffer> {
  const parts: Buffer[] = [];
  let octets = 0;
  for await (const part of input) {
    const chunk = Buffer.from(part as Uint8Array | string);
    parts.push(chunk);
    octets += chunk.length;
    if (octets > MOST_OCTETS) throw new Refusal('The text has more than 1 MiB: split it.');
  }
  return Buffer.concat(parts);
}

async function readFrom(file: string): Promise<Buffer> {
  try {
    const octets = await readFile(file);
    if (octets.length > MOST_OCTETS) throw new Refusal(`${printable(file)} has more than 1 MiB: split it.`);
    return octets;
  } catch (error) {
    if (typeof error !== 'object' || error === null || !('code' in error)) throw error;
    throw new Refusal(`${printable(file)} cannot be read (${String(error.code)}).`, { cause: error });
  }
}
