import type { Api } from './api';
import type { CallOptions } from './timeouts';
import type { Certificate } from './wire/certificate';

/** The clients that a host trusts. */
export class Certificates {
  constructor(private readonly api: Api) {}

  async list(options: CallOptions = {}): Promise<Certificate[]> {
    const rows = await this.api.get<Certificate[] | null>(['certificates'], { ...options, query: { recursion: '1' } });
    return rows ?? [];
  }

  /** Takes the trust back, our own included. */
  async delete(fingerprint: string, options: CallOptions = {}): Promise<void> {
    await this.api.call('DELETE', ['certificates', fingerprint], options);
  }
}
