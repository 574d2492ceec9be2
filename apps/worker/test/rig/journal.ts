import type { FakeLxd } from '@lxdm/testing';

/** What really happened to the instances of a host, in order: the host's own lifecycle events, not what it was asked for. */
export class Journal {
  private readonly entries: { name: string; action: string }[] = [];

  constructor(fake: FakeLxd) {
    const send = fake.events.send.bind(fake.events);
    fake.events.send = (type, metadata) => {
      if (type === 'lifecycle') this.note(metadata as { action: string; source: string });
      send(type, metadata);
    };
  }

  /** The events of one instance, without their common prefix: created, started, shutdown, stopped, deleted. */
  of(name: string): string[] {
    return this.entries.filter((entry) => entry.name === name).map((entry) => entry.action);
  }

  clear(): void {
    this.entries.length = 0;
  }

  private note({ action, source }: { action: string; source: string }): void {
    this.entries.push({ name: source.split('/').pop() ?? '', action: action.replace(/^instance-/, '') });
  }
}
