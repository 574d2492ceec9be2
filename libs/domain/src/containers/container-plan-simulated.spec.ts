import fc from 'fast-check';
import { InstanceFacts, plan, ReconcileMemory, Step } from './container-plan';
import type { DesiredContainer } from './container-status';

/** A host with at most one instance, on which every step has its effect, and a manager that may forget between an act and its record. */
class SimulatedHost {
  readonly counts = { create: 0, start: 0, stop: 0, unfreeze: 0, delete: 0, boots: 0 };
  private boot = 100;

  constructor(
    public instance: InstanceFacts | null,
    public memory: ReconcileMemory,
  ) {}

  take(step: Step): void {
    switch (step.kind) {
      case 'create':
        this.counts.create++;
        if (this.instance) return; // LXD refuses a name that it has
        this.instance = { status: 'Stopped', ours: true, bootMark: 'never', ephemeral: false };
        this.memory = { ...this.memory, created: true };
        return;
      case 'start':
        this.counts.start++;
        if (this.instance && !isUp(this.instance))
          this.instance = { ...this.instance, status: 'Running', bootMark: this.booted() };
        return;
      case 'stop':
        this.counts.stop++;
        if (this.instance && isUp(this.instance))
          this.instance = this.instance.ephemeral ? null : { ...this.instance, status: 'Stopped' };
        return;
      case 'unfreeze':
        this.counts.unfreeze++;
        if (this.instance?.status === 'Frozen') this.instance = { ...this.instance, status: 'Running' };
        return;
      case 'delete':
        this.counts.delete++;
        this.instance = null;
        return;
      case 'note-restart':
        this.memory = { ...this.memory, restartFrom: this.instance?.bootMark ?? '' };
        return;
      case 'wait':
        if (this.instance) this.settleDown(this.instance);
        return;
      case 'done':
      case 'removed':
      case 'fail':
        return;
    }
  }

  private settleDown(instance: InstanceFacts): void {
    if (instance.status === 'Starting') this.instance = { ...instance, status: 'Running', bootMark: this.booted() };
    else if (instance.status === 'Freezing') this.instance = { ...instance, status: 'Frozen' };
    else this.instance = instance.ephemeral ? null : { ...instance, status: 'Stopped' };
  }

  private booted(): string {
    this.counts.boots++;
    return `boot ${++this.boot}`;
  }
}

function isUp(instance: InstanceFacts): boolean {
  return ['Running', 'Ready', 'Thawed'].includes(instance.status);
}

const FINAL = ['done', 'removed', 'fail'];
const MOST_STEPS = 10;

const anyInstance = fc.record({
  status: fc.constantFrom(
    'Running',
    'Ready',
    'Thawed',
    'Stopped',
    'Error',
    'Frozen',
    'Starting',
    'Stopping',
    'Aborting',
    'Freezing',
    'New word',
  ),
  ours: fc.boolean(),
  bootMark: fc.constantFrom('boot 1', 'boot 2'),
  ephemeral: fc.boolean(),
});
const anyDesired: fc.Arbitrary<DesiredContainer> = fc.record({
  power: fc.constantFrom('running', 'stopped', null),
  restartGeneration: fc.integer({ min: 0, max: 2 }),
  deleted: fc.boolean(),
  generation: fc.constant(3),
});
const anyMemory: fc.Arbitrary<ReconcileMemory> = fc.record({
  created: fc.boolean(),
  restartGeneration: fc.integer({ min: 0, max: 2 }),
  restartFrom: fc.constantFrom(null, 'boot 1', 'boot 2'),
});
/** How often each step is sent before anybody looks again: a duplicate delivery, or a reply that was lost. */
const anyRepeats = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: MOST_STEPS, maxLength: MOST_STEPS });

function run(host: SimulatedHost, desired: DesiredContainer, repeats: readonly number[] = []): Step[] {
  const steps: Step[] = [];
  for (;;) {
    const step = plan(desired, host.instance, host.memory);
    steps.push(step);
    if (FINAL.includes(step.kind) || steps.length > MOST_STEPS) return steps;
    for (let times = repeats[steps.length - 1] ?? 1; times > 0; times--) host.take(step);
  }
}

it('comes to an end from every state, at what was wanted or at a reason', () => {
  fc.assert(
    fc.property(fc.option(anyInstance), anyDesired, anyMemory, anyRepeats, (start, desired, memory, repeats) => {
      const host = new SimulatedHost(start, memory);
      const steps = run(host, desired, repeats);
      const last = steps.at(-1)?.kind;
      expect(FINAL).toContain(last);
      if (last === 'removed') expect(host.instance?.ours ?? false).toBe(false);
      if (last === 'done' && desired.power === 'running') expect(host.instance).toMatchObject({ ours: true });
      if (last === 'done' && desired.power === 'running') expect(host.instance && isUp(host.instance)).toBe(true);
      if (last === 'done' && desired.power === 'stopped') expect(host.instance && isUp(host.instance)).toBe(false);
      // Looked at again, what is settled stays settled.
      const settled = { ...host.memory, restartGeneration: desired.restartGeneration, restartFrom: null };
      if (last === 'done') expect(run(new SimulatedHost(host.instance, settled), desired)).toEqual([{ kind: 'done' }]);
    }),
    { numRuns: 2_000 },
  );
});

it('never creates, starts, stops or deletes more often than needed', () => {
  fc.assert(
    fc.property(fc.option(anyInstance), anyDesired, anyMemory, (start, desired, memory) => {
      const host = new SimulatedHost(start, memory);
      run(host, desired);
      const { counts } = host;
      for (const times of Object.values(counts))
        expect(times).toBeLessThanOrEqual(1 + Number(start?.status === 'Starting'));
      const restarting = desired.restartGeneration !== memory.restartGeneration;
      if (start && isUp(start) && desired.power === 'running' && !desired.deleted && !restarting)
        expect(counts).toEqual({ create: 0, start: 0, stop: 0, unfreeze: 0, delete: 0, boots: 0 });
      if (!desired.deleted) expect(counts.delete).toBe(0);
      if (desired.deleted || desired.power !== 'running') expect(counts.start).toBe(0);
      if (desired.power === null && !desired.deleted) expect(counts.stop + counts.unfreeze).toBe(0);
    }),
    { numRuns: 2_000 },
  );
});

it("never touches somebody else's instance", () => {
  fc.assert(
    fc.property(anyInstance, anyDesired, anyMemory, anyRepeats, (start, desired, memory, repeats) => {
      const foreign = { ...start, ours: false };
      const host = new SimulatedHost(foreign, memory);
      run(host, desired, repeats);
      expect(host.instance).toEqual(foreign);
      expect(host.counts).toMatchObject({ create: 0, start: 0, stop: 0, unfreeze: 0, delete: 0 });
    }),
  );
});

it('boots exactly once for a restart, whatever is repeated and wherever the manager dies', () => {
  const restart: DesiredContainer = { power: 'running', restartGeneration: 1, deleted: false, generation: 3 };
  fc.assert(
    fc.property(
      fc.constantFrom('Running', 'Ready', 'Frozen', 'Stopped'),
      anyRepeats,
      fc.array(fc.boolean(), { minLength: MOST_STEPS, maxLength: MOST_STEPS }),
      (status, repeats, dies) => {
        const first = { status, ours: true, bootMark: 'boot 1', ephemeral: false };
        const host = new SimulatedHost(first, { created: true, restartGeneration: 0, restartFrom: null });
        let last: Step | undefined;
        for (let number = 0; last?.kind !== 'done' && number < 3 * MOST_STEPS; number++) {
          last = plan(restart, host.instance, host.memory);
          // Killed before the act: whoever takes over finds what was there.
          if (dies[number]) continue;
          for (let times = repeats[number] ?? 1; times > 0; times--) host.take(last);
        }
        expect(last).toEqual({ kind: 'done' });
        expect(host.counts.boots).toBe(1);
        expect(host.instance?.bootMark).not.toBe('boot 1');
      },
    ),
  );
});
