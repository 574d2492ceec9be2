import type { FakeInstance } from './fake-instance';
import { LxdRefusal } from './lxd-refusal';

/** An operation has hold of the container. */
export function refuseBusy(instance: FakeInstance, lead: string): void {
  if (instance.busy !== undefined) throw new Error(`${lead}${busyWords(instance.busy)}`);
}

/** LXD's words for that. */
export function busyWords(action: string): string {
  return `Instance is busy running a "${action}" operation`;
}

/** A container whose halt signal was set to something that its init ignores does not obey either. */
export function obeys(instance: FakeInstance): boolean {
  return instance.obeysStop && !(instance.config['raw.lxc'] ?? '').includes('lxc.signal.halt');
}

const knownKeys =
  /^(user|limits|security|boot|cloud-init|image|raw|snapshots|environment|volatile|linux|migration|nvidia|cluster)\./;

/** LXD knows its config keys by name; by prefix is enough here. */
export function isUnknownKey(key: string): boolean {
  return !knownKeys.test(key);
}

/** LXD's rule for names: an RFC 1123 label that does not begin with a digit. */
export function checkName(name: string): void {
  if (name.includes('/')) throw new LxdRefusal(400, 'The character "/" is reserved for snapshots');
  const wrong = (why: string): LxdRefusal => new LxdRefusal(400, `Invalid instance name: ${why}`);
  if (name.length < 1 || name.length > 63) throw wrong('Name must be 1-63 characters long');
  if (/[^A-Za-z0-9-]/.test(name)) throw wrong('Name can only contain alphanumeric and hyphen characters');
  if (name.startsWith('-')) throw wrong('Name must not start with "-" character');
  if (/^[0-9]/.test(name)) throw wrong('Name must not start with a number');
  if (name.endsWith('-')) throw wrong('Name must not end with "-" character');
}
