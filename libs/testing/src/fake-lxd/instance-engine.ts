import { setTimeout as sleep } from 'node:timers/promises';
import type { FakeTimings } from './fake-settings';
import { fillHwaddrs, makeInstance, type FakeInstance, type FakeInstanceInit } from './fake-instance';
import type { FakeImage, ImageStore } from './image-store';
import { instanceNotFound, LxdRefusal } from './lxd-refusal';
import type { FakeOperation, OperationStore } from './operation-store';
import type { RequestBody } from './request-body';

type Announce = (action: string, name: string) => void;

/** The containers of a fake and what can be done to them, in LXD 5.0.2's order of checks and with its words. */
export class InstanceEngine {
  readonly instances = new Map<string, FakeInstance>();

  constructor(
    private readonly timings: FakeTimings,
    private readonly operations: OperationStore,
    private readonly images: ImageStore,
    private readonly announce: Announce,
  ) {}

  find(name: string): FakeInstance {
    const instance = this.instances.get(name);
    if (instance === undefined) throw instanceNotFound();
    return instance;
  }

  /** Puts a container there at once, as if it had always been. */
  add(name: string, init: FakeInstanceInit, image?: FakeImage): FakeInstance {
    const config: Record<string, string> = image === undefined ? {} : imageConfig(image);
    const instance = makeInstance(name, init, { config });
    if (instance.status === 'Running') instance.startedAt = 0;
    this.instances.set(name, instance);
    return instance;
  }

  /** Checks that LXD makes before it answers 202; the rest fails in the operation. */
  create(body: RequestBody, fetchData: () => Promise<Map<string, Buffer>>): FakeOperation {
    const name = body.text('name');
    checkName(name);
    const source = body.child('source');
    const image = this.imageOf(source);
    const profiles = body.has('profiles') ? body.list('profiles') : ['default'];
    const unknown = profiles.find((profile) => profile !== 'default');
    if (unknown !== undefined) throw new LxdRefusal(500, `Requested profile "${unknown}" doesn't exist`);
    const init = {
      config: body.texts('config'),
      devices: body.maps('devices'),
      profiles,
      description: body.text('description'),
    };
    return this.operations.begin('Creating instance', resourcesOf(name, true), async () => {
      if (source.text('type') === 'image' && image === undefined)
        throw new Error('Image not provided for instance creation');
      const odd = Object.keys(init.config).find(
        (key) =>
          !/^(user|limits|security|boot|cloud-init|image|raw|snapshots|environment|volatile|linux|migration|nvidia|cluster)\./.test(
            key,
          ),
      );
      if (odd !== undefined) throw new Error(`Failed creating instance record: Unknown configuration key: ${odd}`);
      this.refuseTaken(name);
      const instance = this.add(name, init, image);
      instance.busy = 'create';
      const files = await fetchData().catch((error: unknown) => {
        this.instances.delete(name);
        throw error;
      });
      for (const [path, content] of files) instance.files.set(path, content);
      await sleep(this.timings.createMs);
      instance.busy = undefined;
      this.announce('instance-created', name);
    });
  }

  setState(name: string, body: RequestBody): FakeOperation {
    const instance = this.find(name);
    const action = body.text('action');
    const force = body.flag('force');
    const timeoutMs = (body.number('timeout') ?? -1) * 1000;
    const verb = actionVerbs[action];
    if (verb === undefined) throw new LxdRefusal(400, `Unknown action: '${action}'`);
    return this.operations.begin(`${verb} instance`, resourcesOf(name, false), async () => {
      if (action === 'start') await this.start(instance);
      else if (action === 'stop') await this.stop(instance, force, timeoutMs);
      else if (action === 'restart') await this.restart(instance, force, timeoutMs);
      else this.freeze(instance, action === 'freeze');
    });
  }

  remove(name: string): FakeOperation {
    const instance = this.find(name);
    // LXD looks before it answers, without an operation.
    if (instance.status !== 'Stopped') throw new LxdRefusal(400, 'Instance is running');
    return this.operations.begin('Deleting instance', resourcesOf(name, true), async () => {
      this.hold(instance, 'delete');
      await sleep(this.timings.deleteMs);
      this.instances.delete(name);
      this.announce('instance-deleted', name);
    });
  }

  replace(name: string, body: RequestBody): FakeOperation {
    const instance = this.find(name);
    const config = body.texts('config');
    return this.operations.begin('Updating instance', resourcesOf(name, true), async () => {
      instance.config = withoutEmpty(config);
      instance.devices = body.maps('devices');
      instance.profiles = body.list('profiles');
      instance.description = body.text('description');
      fillHwaddrs(instance);
      this.announce('instance-updated', name);
      await Promise.resolve();
    });
  }

  patch(name: string, body: RequestBody): void {
    const instance = this.find(name);
    instance.config = withoutEmpty({ ...instance.config, ...body.texts('config') });
    instance.devices = { ...instance.devices, ...body.maps('devices') };
    if (body.has('profiles')) instance.profiles = body.list('profiles');
    if (body.has('description')) instance.description = body.text('description');
    fillHwaddrs(instance);
    this.announce('instance-updated', name);
  }

  private async start(instance: FakeInstance): Promise<void> {
    refuseBusy(instance, 'Failed to create instance start operation: ');
    if (instance.status === 'Running') throw new Error('The instance is already running');
    this.hold(instance, 'start');
    await sleep(this.timings.startMs);
    instance.busy = undefined;
    this.nowRunning(instance);
    this.announce('instance-started', instance.name);
  }

  private async stop(instance: FakeInstance, force: boolean, timeoutMs: number): Promise<void> {
    refuseBusy(instance, '');
    if (instance.status === 'Stopped') throw new Error('The instance is already stopped');
    await this.goDown(instance, force, timeoutMs, 'stop');
    this.announce(force ? 'instance-stopped' : 'instance-shutdown', instance.name);
  }

  private async restart(instance: FakeInstance, force: boolean, timeoutMs: number): Promise<void> {
    refuseBusy(instance, '');
    if (instance.status === 'Stopped') throw new Error('The instance is already stopped');
    await this.goDown(instance, force, timeoutMs, 'restart');
    await sleep(this.timings.startMs);
    this.nowRunning(instance);
    this.announce('instance-restarted', instance.name);
  }

  private async goDown(instance: FakeInstance, force: boolean, timeoutMs: number, action: string): Promise<void> {
    this.hold(instance, action);
    try {
      if (!force && !instance.obeysStop) {
        // Without a timeout LXD waits for ever; an unref'd year does as well.
        await sleep(timeoutMs < 0 ? 2_000_000_000 : timeoutMs, undefined, { ref: false });
        throw new Error('Failed shutting down instance, status is "Running": context deadline exceeded');
      }
      await sleep(this.timings.stopMs);
      this.nowStopped(instance);
    } finally {
      instance.busy = undefined;
    }
  }

  nowRunning(instance: FakeInstance): void {
    instance.status = 'Running';
    instance.startedAt = Date.now();
    instance.lastUsedAt = new Date();
    instance.config['volatile.last_state.power'] = 'RUNNING';
    delete instance.config['volatile.apply_template'];
  }

  nowStopped(instance: FakeInstance): void {
    instance.status = 'Stopped';
    instance.startedAt = undefined;
    instance.config['volatile.last_state.power'] = 'STOPPED';
    instance.liveAddresses.clear();
  }

  private freeze(instance: FakeInstance, freeze: boolean): void {
    instance.status = freeze ? 'Frozen' : 'Running';
    this.announce(freeze ? 'instance-paused' : 'instance-resumed', instance.name);
  }

  private hold(instance: FakeInstance, action: string): void {
    refuseBusy(instance, '');
    instance.busy = action;
  }

  private refuseTaken(name: string): void {
    const there = this.instances.get(name);
    if (there === undefined) return;
    refuseBusy(there, 'Failed creating instance record: ');
    throw new Error(
      'Failed creating instance record: Add instance info to the database: This "instances" entry already exists',
    );
  }

  private imageOf(source: RequestBody): FakeImage | undefined {
    if (source.text('type') !== 'image') return undefined;
    if (source.has('fingerprint')) return this.images.byFingerprint(source.text('fingerprint'));
    const image = this.images.byAlias(source.text('alias'));
    if (image === undefined) throw new LxdRefusal(404, 'Image alias not found');
    return image;
  }
}

const actionVerbs: Readonly<Record<string, string>> = {
  start: 'Starting',
  stop: 'Stopping',
  restart: 'Restarting',
  freeze: 'Freezing',
  unfreeze: 'Unfreezing',
};

function refuseBusy(instance: FakeInstance, lead: string): void {
  if (instance.busy !== undefined) throw new Error(`${lead}Instance is busy running a "${instance.busy}" operation`);
}

function checkName(name: string): void {
  if (name.includes('/')) throw new LxdRefusal(400, 'The character "/" is reserved for snapshots');
  const wrong = (why: string): LxdRefusal => new LxdRefusal(400, `Invalid instance name: ${why}`);
  if (name.length < 1 || name.length > 63) throw wrong('Name must be 1-63 characters long');
  if (/[^A-Za-z0-9-]/.test(name)) throw wrong('Name can only contain alphanumeric and hyphen characters');
  if (name.startsWith('-')) throw wrong('Name must not start with "-" character');
  if (/^[0-9]/.test(name)) throw wrong('Name must not start with a number');
  if (name.endsWith('-')) throw wrong('Name must not end with "-" character');
}

function imageConfig(image: FakeImage): Record<string, string> {
  const properties = Object.entries(image.properties).map(([key, value]) => [`image.${key}`, value]);
  return { ...Object.fromEntries(properties), 'volatile.base_image': image.fingerprint };
}

function resourcesOf(name: string, old: boolean): Record<string, string[]> {
  const instances = [`/1.0/instances/${name}`];
  return old ? { containers: [`/1.0/containers/${name}`], instances } : { instances };
}

function withoutEmpty(config: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(config).filter(([, value]) => value !== ''));
}
