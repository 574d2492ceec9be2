import { hostStateOf } from '@lxdm/domain';
import type { HostView, Image as StoredImage } from '@lxdm/entities';
import type { Host, Image } from './dto/host';

/** A host as an admin, or somebody else, sees it. */
export function hostOf(view: HostView, now: Date, isAdmin: boolean): Host {
  const { state, reason } = hostStateOf(view, now);
  const { memoryTotalBytes: totalBytes, memoryUsedBytes: usedBytes } = view;
  return {
    id: view.id,
    name: view.name,
    url: isAdmin ? view.url : '',
    server: view.server,
    serverVersion: isAdmin ? view.serverVersion : null,
    fingerprint: isAdmin
      ? state === 'AwaitingConfirmation'
        ? view.seenFingerprint
        : (view.pin ?? view.seenFingerprint)
      : null,
    state,
    stateReason: isAdmin ? reason : null,
    subnets: view.subnets,
    lastSeenAt: view.lastSeenAt?.toISOString() ?? null,
    containers: { total: view.containersTotal, running: view.containersRunning },
    memory: totalBytes === null || usedBytes === null ? null : { totalBytes, usedBytes },
    monitoringUrl: isAdmin ? view.monitoringUrl : null,
    createdAt: view.createdAt.toISOString(),
  };
}

/** An image as it goes over the wire. */
export function imageOf(image: StoredImage): Image {
  const { id, fingerprint, aliases, description, os, release, architecture, sizeBytes } = image;
  const observedAt = image.observedAt.toISOString();
  return { id, fingerprint, aliases, description, os, release, architecture, sizeBytes, observedAt };
}
