import { hash, parseOptions, type ParsedHashOptions, verify } from '@node-rs/argon2';

// OWASP Password Storage Cheat Sheet, argon2id: 19 MiB, two passes, one lane. The package's default algorithm is argon2id.
const parameters = { memoryCost: 19 * 1024, timeCost: 2, parallelism: 1, outputLen: 32 } as const;
const argon2id: ParsedHashOptions['algorithm'] = 2;
const maxLength = 1024;

/** The stored hash is no argon2 hash; the account needs a new password. */
export class PasswordHashError extends Error {
  override readonly name = 'PasswordHashError';
}

// NFKC, so that the same password typed on another keyboard or system stays the same (NIST SP 800-63B §5.1.1.2).
const normal = (password: string) => password.normalize('NFKC');

/** Hashes a password for storage; refuses one that is too long to be meant. */
export async function hashPassword(password: string): Promise<string> {
  if (password.length > maxLength) throw new RangeError('The password is too long');
  return hash(normal(password), parameters);
}

let dummy: Promise<string> | undefined;

/** Whether the password is the stored one; takes as long when there is no such user or no stored hash. */
export async function verifyPassword(stored: string | null | undefined, password: string): Promise<boolean> {
  const acceptable = password.length <= maxLength;
  const given = acceptable ? normal(password) : 'too long';
  if (stored == null || !acceptable) {
    dummy ??= hash('nobody has this password', parameters);
    await verify(await dummy, given);
    return false;
  }
  optionsOf(stored);
  return verify(stored, given);
}

/** Whether a stored hash should be made anew, at the next successful sign-in, because its parameters are not today's. */
export function needsRehash(stored: string): boolean {
  const found = optionsOf(stored);
  return (
    found.algorithm !== argon2id ||
    found.memoryCost !== parameters.memoryCost ||
    found.timeCost !== parameters.timeCost ||
    found.parallelism !== parameters.parallelism ||
    found.outputLen !== parameters.outputLen
  );
}

function optionsOf(stored: string): ParsedHashOptions {
  try {
    return parseOptions(stored);
  } catch {
    // The package's message may quote the hash.
    throw new PasswordHashError('The stored password hash is damaged: set a new password');
  }
}
