import type { Api } from './api';
import type { CallOptions } from './timeouts';
import type { Network } from './wire/network';

/** The networks of one host, managed ones and plain bridges. */
export class Networks {
  constructor(private readonly api: Api) {}

  async list(options: CallOptions = {}): Promise<Network[]> {
    const rows = await this.api.get<Network[] | null>(['networks'], { ...options, query: { recursion: '1' } });
    return rows ?? [];
  }
}
