/** One name of an image. */
export interface ImageAlias {
  readonly name: string;
  readonly description: string;
  readonly type?: string;
}

/** Where an image came from and is kept up to date from. */
export interface ImageSource {
  readonly alias: string;
  readonly certificate: string;
  readonly protocol: string;
  readonly server: string;
  readonly image_type?: string;
}

/** GET /1.0/images/FINGERPRINT. */
export interface Image {
  readonly fingerprint: string;
  readonly aliases: readonly ImageAlias[];
  readonly properties: Readonly<Record<string, string>> | null;
  readonly architecture: string;
  readonly type: string;
  readonly filename: string;
  readonly size: number;
  readonly public: boolean;
  readonly cached: boolean;
  readonly auto_update: boolean;
  readonly created_at: string;
  readonly expires_at: string;
  readonly last_used_at: string;
  readonly uploaded_at: string;
  readonly update_source?: ImageSource;
}

/** POST /1.0/images that copies an image from another server. */
export interface ImagesPost {
  readonly auto_update?: boolean;
  readonly public?: boolean;
  readonly aliases?: readonly { readonly name: string; readonly description?: string }[];
  readonly source: {
    readonly type: 'image';
    readonly mode: 'pull';
    readonly server: string;
    readonly protocol: 'simplestreams' | 'lxd' | 'incus';
    readonly alias?: string;
    readonly fingerprint?: string;
    readonly certificate?: string;
  };
}
