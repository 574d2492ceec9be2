import { createHash } from 'node:crypto';

/** One image of the fake, in the shape of the wire. */
export interface FakeImage {
  readonly fingerprint: string;
  aliases: { name: string; description: string }[];
  readonly properties: Record<string, string>;
  readonly architecture: string;
  readonly type: string;
  readonly filename: string;
  readonly size: number;
  readonly public: boolean;
  readonly cached: boolean;
  readonly auto_update: boolean;
  readonly profiles: string[];
  readonly created_at: string;
  readonly expires_at: string;
  readonly last_used_at: string;
  readonly uploaded_at: string;
}

/** The images of a fake host. */
export class ImageStore {
  private readonly images = new Map<string, FakeImage>();

  list(): FakeImage[] {
    return [...this.images.values()];
  }

  byAlias(alias: string): FakeImage | undefined {
    return this.list().find((image) => image.aliases.some((entry) => entry.name === alias));
  }

  /** LXD takes any unambiguous beginning of a fingerprint. */
  byFingerprint(start: string): FakeImage | undefined {
    return start === '' ? undefined : this.list().find((image) => image.fingerprint.startsWith(start));
  }

  /** Adds an image under an alias, taking the alias away from an older one. */
  add(alias: string, seed: string = alias): FakeImage {
    const older = this.byAlias(alias);
    if (older !== undefined) older.aliases = older.aliases.filter((entry) => entry.name !== alias);
    const [os = 'debian', release = '12'] = alias.split('/');
    const now = new Date().toISOString();
    const image: FakeImage = {
      fingerprint: createHash('sha256').update(seed).digest('hex'),
      aliases: [{ name: alias, description: '' }],
      properties: { architecture: 'x86_64', description: `${os} ${release}`, os, release, variant: 'cloud' },
      architecture: 'x86_64',
      type: 'container',
      filename: 'rootfs.squashfs',
      size: 62_776_116,
      public: false,
      cached: false,
      auto_update: false,
      profiles: ['default'],
      created_at: now,
      expires_at: '1970-01-01T00:00:00Z',
      last_used_at: '1970-01-01T00:00:00Z',
      uploaded_at: now,
    };
    this.images.set(image.fingerprint, image);
    return image;
  }

  delete(fingerprint: string): boolean {
    return this.images.delete(fingerprint);
  }
}
