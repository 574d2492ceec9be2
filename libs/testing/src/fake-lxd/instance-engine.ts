import { setTimeout as sleep } from 'node:timers/promises';
import type { FakeTimings } from './fake-settings';
import { makeInstance, type FakeInstance, type FakeInstanceInit } from './fake-instance';
import type { FakeImage, ImageStore } from './image-store';
import { InstancePower } from './instance-power';
import { busyWords, checkName, isUnknownKey, refuseBusy } from './instance-rules';
import { instanceNotFound, LxdRefusal } from './lxd-refusal';
import type { FakeOperation, OperationStore } from './operation-store';
import type { RequestBody } from './request-body';

type Announce = (action: string, name: string) => void;

/** The containers of a fake and what can be done to them, in LXD 5.0.2's order of checks and with its words. */
export class InstanceEngine {
  readonly instances = new Map<string, FakeInstance>();
  readonly power: InstancePower;

  constructor(
    private readonly timings: FakeTimings,
    private readonly operations: OperationStore,
    private readonly images: ImageStore,
    private readonly announce: Announce,
  ) {
    this.power = new InstancePower(timings, announce);
  }

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
    if (source.text('type') === 'migration' && body.text('architecture') === '') {
      throw new LxdRefusal(400, "Architecture isn't supported: ");
    }
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
      const odd = Object.keys(init.config).find(isUnknownKey);
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
      if (action === 'start') await this.power.start(instance);
      else if (action === 'stop') await this.power.stop(instance, force, timeoutMs);
      else if (action === 'restart') await this.power.restart(instance, force, timeoutMs);
      else this.power.freeze(instance, action === 'freeze');
    });
  }

  remove(name: string): FakeOperation {
    const instance = this.find(name);
    // LXD looks before it answers, without an operation.
    if (instance.status !== 'Stopped') throw new LxdRefusal(400, 'Instance is running');
    return this.operations.begin('Deleting instance', resourcesOf(name, true), async () => {
      refuseBusy(instance, 'Failed to create instance delete operation: ');
      instance.busy = 'delete';
      await sleep(this.timings.deleteMs);
      this.instances.delete(name);
      this.announce('instance-deleted', name);
    });
  }

  replace(name: string, body: RequestBody): FakeOperation {
    const instance = this.find(name);
    const config = body.texts('config');
    return this.operations.begin('Updating instance', resourcesOf(name, true), async () => {
      refuseBusy(instance, 'Failed to create instance update operation: ');
      const lost = Object.keys(instance.config).some(
        (key) => /^volatile\.(idmap|last_state\.idmap)/.test(key) && config[key] === undefined,
      );
      if (lost) throw new Error("Volatile idmap keys can't be deleted by the user");
      const odd = Object.keys(config).find(isUnknownKey);
      if (odd !== undefined) throw new Error(`Invalid config: Unknown configuration key: ${odd}`);
      instance.config = withoutEmpty(config);
      instance.devices = body.maps('devices');
      instance.profiles = body.list('profiles');
      instance.description = body.text('description');
      this.announce('instance-updated', name);
      await Promise.resolve();
    });
  }

  patch(name: string, body: RequestBody): void {
    const instance = this.find(name);
    const config = body.texts('config');
    if (instance.busy !== undefined) {
      throw new LxdRefusal(500, `Failed to create instance update operation: ${busyWords(instance.busy)}`);
    }
    const odd = Object.keys(config).find(isUnknownKey);
    if (odd !== undefined) throw new LxdRefusal(500, `Invalid config: Unknown configuration key: ${odd}`);
    instance.config = withoutEmpty({ ...instance.config, ...config });
    instance.devices = { ...instance.devices, ...body.maps('devices') };
    if (body.has('profiles')) instance.profiles = body.list('profiles');
    // As LXD 5.0.2 does: a PATCH without description empties it.
    instance.description = body.text('description');
    this.announce('instance-updated', name);
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
