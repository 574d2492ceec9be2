import { randomUUID } from 'node:crypto';
import type { JudgedAddress } from '@lxdm/domain';
import { FoundInstance, ScanObservation, ScanResult } from '../src';
import { TestDatabase, unique } from './database';

/** An address of eth1 that may be published. */
export const address = (over: Partial<JudgedAddress> = {}): JudgedAddress => ({
  interface: 'eth1',
  address: `2001:db8::${unique().toString(16)}`,
  prefixLength: 64,
  family: 6,
  published: true,
  ...over,
});

/** A running container as a scan sees it. */
export const seen = (id: string, over: Partial<ScanObservation> = {}): ScanObservation => ({
  id,
  status: 'Running',
  uuid: null,
  image: null,
  hwaddrEth1: null,
  boot: null,
  addresses: [],
  ...over,
});

/** An instance that nobody asked for. */
export const found = (over: Partial<FoundInstance> = {}): FoundInstance => ({
  ...seen(randomUUID()),
  name: `found-${unique()}`,
  hwaddrEth0: '',
  ...over,
});

/** Records a scan that begins now. */
export async function scan(database: TestDatabase, hostId: string, over: Partial<ScanResult> = {}): Promise<void> {
  const startedAt = await database.scans.now();
  await database.scans.record({ hostId, startedAt, matched: [], unmanaged: [], missing: [], ...over });
}

/** What is stored of a container's addresses. */
export function storedAddresses(
  database: TestDatabase,
  id: string,
): Promise<{ address: string; published: boolean; present: boolean }[]> {
  return database.db.query(
    'SELECT host(address) AS address, published, present FROM addresses WHERE container_id = $1 ORDER BY address',
    [id],
  );
}

/** The entries of the change feed that some work made. */
export async function changesOf(database: TestDatabase, work: () => Promise<unknown>): Promise<string[]> {
  const { last } = await database.changes.bounds();
  await work();
  return (await database.changes.since(last)).map((change) => `${change.kind} ${change.entityId}`);
}
