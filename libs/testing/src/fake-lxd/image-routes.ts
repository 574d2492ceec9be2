import { setTimeout as sleep } from 'node:timers/promises';
import { LxdRefusal } from './lxd-refusal';
import { accepted, sync } from './reply';
import type { Route } from './router';

/** Images: list, one, copy from elsewhere, delete. */
export const imageRoutes: readonly Route[] = [
  {
    method: 'GET',
    pattern: ['images'],
    handle: (request, { images }) =>
      sync(
        request.query.get('recursion') === '1'
          ? images.list()
          : images.list().map((image) => `/1.0/images/${image.fingerprint}`),
      ),
  },
  {
    method: 'GET',
    pattern: ['images', '*'],
    handle: (request, { images }) => {
      const image = images.byFingerprint(request.segments[1] ?? '');
      if (image === undefined) throw new LxdRefusal(404, 'Image not found');
      return sync(image);
    },
  },
  {
    method: 'POST',
    pattern: ['images'],
    handle: ({ body }, { images, operations, timings, announce }) => {
      const source = body.child('source');
      const alias = source.text('alias');
      return accepted(
        operations.begin('Downloading image', {}, async () => {
          await sleep(timings.imageMs);
          if (alias.startsWith('missing')) throw new Error("The requested image couldn't be found");
          const image = images.add(alias, `${source.text('server')} ${alias}`);
          announce('image-created', `/1.0/images/${image.fingerprint}`);
        }),
      );
    },
  },
  {
    method: 'DELETE',
    pattern: ['images', '*'],
    handle: (request, { images, operations, announce }) => {
      const image = images.byFingerprint(request.segments[1] ?? '');
      if (image === undefined) throw new LxdRefusal(404, 'Image not found');
      return accepted(
        operations.begin('Deleting image', { images: [`/1.0/images/${image.fingerprint}`] }, async () => {
          images.delete(image.fingerprint);
          announce('image-deleted', `/1.0/images/${image.fingerprint}`);
          await Promise.resolve();
        }),
      );
    },
  },
];
