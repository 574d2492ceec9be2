import { randomUUID } from 'node:crypto';
import type { StandInSettings } from './stand-in-settings';

/** A hook that was sent, and what came back. */
export interface HookDelivery {
  readonly event: string;
  readonly status: number | null;
}

/**
 * System hooks: docs.gitlab.com/administration/system_hooks. GitLab sends none when somebody is blocked, so there is none here either.
 */
export class SystemHooks {
  /** Where changes are told by themselves; undefined tells nobody. */
  url: string | undefined;
  readonly deliveries: HookDelivery[] = [];

  constructor(private readonly settings: StandInSettings) {}

  /** As GitLab does after a change: nobody waits for it. */
  fire(event: string, body: Readonly<Record<string, unknown>>): void {
    if (this.url !== undefined) void this.send(this.url, event, body);
  }

  /** The status of the answer; null when there was none within ten seconds. */
  async send(
    url: string,
    event: string,
    body: Readonly<Record<string, unknown>> = {},
    token = this.settings.hookToken,
  ): Promise<number | null> {
    const status = await this.post(url, event, body, token);
    this.deliveries.push({ event, status });
    return status;
  }

  private async post(
    url: string,
    event: string,
    body: Readonly<Record<string, unknown>>,
    token: string,
  ): Promise<number | null> {
    const now = new Date().toISOString();
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'user-agent': 'GitLab/17.0.0',
          'x-gitlab-event': 'System Hook',
          'x-gitlab-event-uuid': randomUUID(),
          'x-gitlab-instance': this.settings.issuer,
          'x-gitlab-token': token,
        },
        body: JSON.stringify({ event_name: event, created_at: now, updated_at: now, ...body }),
        redirect: 'manual',
        signal: AbortSignal.timeout(10_000),
      });
      await response.arrayBuffer();
      return response.status;
    } catch {
      return null; // nobody listens there: GitLab tries again later, or not at all
    }
  }
}
