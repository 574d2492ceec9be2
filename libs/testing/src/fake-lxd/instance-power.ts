import { setTimeout as sleep } from 'node:timers/promises';
import { fillHwaddrs, type FakeInstance } from './fake-instance';
import type { FakeTimings } from './fake-settings';
import { obeys, refuseBusy } from './instance-rules';

/** Starting and stopping as LXD 5.0.2 does it, with its refusals and its words. */
export class InstancePower {
  constructor(
    private readonly timings: FakeTimings,
    private readonly announce: (action: string, name: string) => void,
  ) {}

  async start(instance: FakeInstance): Promise<void> {
    if (instance.status === 'Running') throw new Error('The instance is already running');
    refuseBusy(instance, 'Failed to create instance start operation: ');
    instance.busy = 'start';
    await sleep(this.timings.startMs);
    instance.busy = undefined;
    this.nowRunning(instance);
    this.announce('instance-started', instance.name);
  }

  async stop(instance: FakeInstance, force: boolean, timeoutMs: number): Promise<void> {
    await this.goDown(instance, force, timeoutMs, 'stop');
    this.announce(force ? 'instance-stopped' : 'instance-shutdown', instance.name);
  }

  async restart(instance: FakeInstance, force: boolean, timeoutMs: number): Promise<void> {
    await this.goDown(instance, force, timeoutMs, 'restart');
    await sleep(this.timings.startMs);
    this.nowRunning(instance);
    this.announce('instance-restarted', instance.name);
  }

  /** A second stop joins the first with a timeout of its own; a forced one ends both. */
  private async goDown(instance: FakeInstance, force: boolean, timeoutMs: number, action: string): Promise<void> {
    if (instance.status === 'Stopped') throw new Error('The instance is already stopped');
    if (instance.busy !== 'stop' && instance.busy !== 'restart') {
      refuseBusy(instance, `Failed to create instance ${action} operation: `);
      instance.busy = action;
    }
    if (force || obeys(instance)) await sleep(this.timings.stopMs);
    else await this.waitForDown(instance, timeoutMs);
    this.nowStopped(instance);
    instance.busy = undefined;
  }

  private async waitForDown(instance: FakeInstance, timeoutMs: number): Promise<void> {
    // LXD without a timeout waits for ever.
    const end = timeoutMs < 0 ? Number.POSITIVE_INFINITY : Date.now() + timeoutMs;
    while (instance.status !== 'Stopped') {
      if (Date.now() >= end) {
        instance.busy = undefined;
        throw new Error('Failed shutting down instance, status is "Running": shutting down the container failed');
      }
      await sleep(Math.max(1, Math.min(20, end - Date.now())), undefined, { ref: false });
    }
  }

  nowRunning(instance: FakeInstance): void {
    fillHwaddrs(instance);
    instance.status = 'Running';
    instance.startedAt = Date.now();
    instance.lastUsedAt = new Date();
    instance.config['volatile.last_state.power'] = 'RUNNING';
    if (instance.config['volatile.apply_template'] === 'create') giveKeys(instance);
    delete instance.config['volatile.apply_template'];
  }

  nowStopped(instance: FakeInstance): void {
    instance.status = 'Stopped';
    instance.startedAt = undefined;
    instance.config['volatile.last_state.power'] = 'STOPPED';
    instance.liveAddresses.clear();
  }

  freeze(instance: FakeInstance, freeze: boolean): void {
    instance.status = freeze ? 'Frozen' : 'Running';
    this.announce(freeze ? 'instance-paused' : 'instance-resumed', instance.name);
  }
}

/** What cloud-init does in its first boot with the keys of user-data. */
function giveKeys(instance: FakeInstance): void {
  const quoted = instance.config['user.user-data']?.match(/^\s*- (".*")$/gm) ?? [];
  const keys = quoted.map((line) => `${JSON.parse(line.trim().slice(2)) as string}\n`);
  if (keys.length === 0) return;
  instance.nodes.set('/root/.ssh', { kind: 'directory', mode: 0o700 });
  instance.nodes.set('/root/.ssh/authorized_keys', { kind: 'file', mode: 0o600 });
  instance.files.set('/root/.ssh/authorized_keys', Buffer.from(keys.join('')));
}
