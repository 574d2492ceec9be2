import type { SftpSession } from '@lxdm/lxd-client';

/** After this time keys are delivered even if cloud-init is still at it, in seconds: it may wait for a network that never comes. */
const PATIENCE_S = 60;

/** What says that cloud-init will do nothing in this boot (cloud-init "Disable cloud-init"). */
const DISABLED = ['/etc/cloud/cloud-init.disabled', '/run/cloud-init/disabled'];

/**
 * Whether cloud-init is about to write keys itself: the image has it, and it has not reported its result in this boot (cloud-init
 * "status files"; /run is new in every boot). It reads a file, adds its keys and writes it: what comes in between would be lost.
 */
export async function isCloudInitAtWork(session: SftpSession, bootedAgo: number | null): Promise<boolean> {
  if (bootedAgo === null || bootedAgo > PATIENCE_S) return false;
  if (!(await session.lstat('/usr/bin/cloud-init'))) return false;
  for (const path of [...DISABLED, '/run/cloud-init/result.json']) if (await session.lstat(path)) return false;
  return true;
}
