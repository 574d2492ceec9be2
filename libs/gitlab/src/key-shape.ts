import { idOf, objectOf, optionalDateOf, optionalTextOf, textOf } from './json-shape';

/** An SSH key that lets its owner in. */
export interface GitlabKey {
  readonly id: string;
  readonly title: string;
  /** One line as in authorized_keys: type, base64, comment. Not yet checked: that is for whoever puts it on a host. */
  readonly key: string;
  readonly expiresAt: Date | null;
}

/** The keys of an account, or that they are those of the ETag that was shown. */
export type GitlabKeys =
  | { readonly unchanged: true }
  | {
      readonly unchanged: false;
      readonly keys: readonly GitlabKey[];
      /** To be shown the next time; null when there is none that covers the whole list. */
      readonly etag: string | null;
    };

/**
 * A key of GET /users/:id/keys (docs.gitlab.com/api/user_keys); null for one that only signs commits (`usage_type` since GitLab 15.7):
 * GitLab itself lets nobody in by it.
 */
export function keyOf(value: unknown): GitlabKey | null {
  const key = objectOf(value, 'a key');
  if (optionalTextOf(key, 'usage_type', 64) === 'signing') return null;
  return {
    id: idOf(key),
    title: optionalTextOf(key, 'title', 1024) ?? '',
    key: textOf(key, 'key', 16_384),
    expiresAt: optionalDateOf(key, 'expires_at'),
  };
}
