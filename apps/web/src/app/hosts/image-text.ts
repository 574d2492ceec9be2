import type { Image } from '@lxdm/api-client';

/** What people call an image: its first alias, else what it says of itself, else the start of its fingerprint. */
export function imageName(image: Image): string {
  return image.aliases[0] ?? (image.description || image.fingerprint.slice(0, 12));
}

export function imageLabel(image: Image): string {
  const system = [image.os, image.release, image.architecture].filter((part) => part !== '').join(' ');
  const name = imageName(image);
  return system === '' || system === name ? name : `${name} (${system})`;
}

/** An alias may move to a newer image: it is what the user means. Without one the fingerprint has to do. */
export function imageValue(image: Image): string {
  return image.aliases[0] ?? image.fingerprint;
}
