import type { Api } from './api';
import type { CallOptions } from './timeouts';

/** The clients that a host trusts. */
export class Certificates {
  constructor(private readonly api: Api) {}

  /** Takes the trust back, our own included. */
  async delete(fingerprint: string, options: CallOptions = {}): Promise<void> {
    await this.api.call('DELETE', ['certificates', fingerprint], options);
  }
}
