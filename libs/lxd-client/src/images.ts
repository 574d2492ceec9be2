import type { Api } from './api';
import type { CallOptions } from './timeouts';
import type { Image, ImagesPost } from './wire/image';
import type { Operation } from './wire/operation';

/** The images of one host. */
export class Images {
  constructor(private readonly api: Api) {}

  async list(options: CallOptions = {}): Promise<Image[]> {
    const rows = await this.api.get<Image[] | null>(['images'], { ...options, query: { recursion: '1' } });
    return rows ?? [];
  }

  async get(fingerprint: string, options: CallOptions = {}): Promise<Image> {
    return this.api.get<Image>(['images', fingerprint], options);
  }

  /** Copies an image from another server. */
  async create(request: ImagesPost, options: CallOptions = {}): Promise<Operation> {
    return this.api.begin('POST', ['images'], { ...options, body: request });
  }

  async delete(fingerprint: string, options: CallOptions = {}): Promise<Operation> {
    return this.api.begin('DELETE', ['images', fingerprint], options);
  }
}
