import { randomBytes } from 'node:crypto';
import type { FakeInstance } from './fake-instance';
import type { FakeLxdParts } from './fake-parts';
import type { FakeRequest } from './fake-request';
import { LxdRefusal } from './lxd-refusal';
import { fetchMigration, migrationPayloads } from './migration';
import { etagOf, renderFull, renderInstance, renderState } from './render-instance';
import { accepted, sync } from './reply';
import type { Route } from './router';

/** Containers: list, one, state, create, change, delete, migrate away. */
export const instanceRoutes: readonly Route[] = [
  {
    method: 'GET',
    pattern: ['instances'],
    handle: (request, { engine, networks }) => {
      const all = [...engine.instances.values()];
      switch (request.query.get('recursion')) {
        case '1':
          return sync(all.map(renderInstance));
        case '2':
          return sync(all.map((instance) => renderFull(instance, networks)));
        default:
          return sync(all.map((instance) => `/1.0/instances/${instance.name}`));
      }
    },
  },
  {
    method: 'POST',
    pattern: ['instances'],
    handle: ({ body }, { engine }) => {
      const source = body.child('source');
      const migration = source.text('type') === 'migration';
      return accepted(engine.create(body, () => (migration ? fetchMigration(source) : Promise.resolve(new Map()))));
    },
  },
  {
    method: 'GET',
    pattern: ['instances', '*'],
    handle: (request, parts) => {
      const instance = named(request, parts);
      return sync(renderInstance(instance), { etag: etagOf(instance) });
    },
  },
  {
    method: 'PUT',
    pattern: ['instances', '*'],
    handle: (request, parts) => {
      checkEtag(request, named(request, parts));
      return accepted(parts.engine.replace(named(request, parts).name, request.body));
    },
  },
  {
    method: 'PATCH',
    pattern: ['instances', '*'],
    handle: (request, parts) => {
      checkEtag(request, named(request, parts));
      parts.engine.patch(named(request, parts).name, request.body);
      return sync({});
    },
  },
  {
    method: 'DELETE',
    pattern: ['instances', '*'],
    handle: ({ segments }, { engine }) => accepted(engine.remove(segments[1] ?? '')),
  },
  {
    method: 'POST',
    pattern: ['instances', '*'],
    handle: (request, parts) => {
      const instance = named(request, parts);
      if (!request.body.flag('migration')) throw new LxdRefusal(400, 'Only migration is known to this fake');
      if (instance.status !== 'Stopped') throw new LxdRefusal(400, 'Instance is running');
      const secrets = { control: randomBytes(32).toString('hex'), fs: randomBytes(32).toString('hex') };
      let taken = (): void => undefined;
      const operation = parts.operations.begin(
        'Migrating instance',
        { instances: [`/1.0/instances/${instance.name}`] },
        () => new Promise((resolve) => (taken = resolve)),
        { class: 'websocket', metadata: secrets, may_cancel: true },
      );
      migrationPayloads.set(operation.id, { secret: secrets.fs, files: instance.files, taken: () => taken() });
      return accepted(operation);
    },
  },
  {
    method: 'GET',
    pattern: ['instances', '*', 'state'],
    handle: (request, parts) => sync(renderState(named(request, parts), parts.networks)),
  },
  {
    method: 'PUT',
    pattern: ['instances', '*', 'state'],
    handle: ({ segments, body }, { engine }) => accepted(engine.setState(segments[1] ?? '', body)),
  },
];

function named(request: FakeRequest, parts: FakeLxdParts): FakeInstance {
  return parts.engine.find(request.segments[1] ?? '');
}

function checkEtag(request: FakeRequest, instance: FakeInstance): void {
  const wanted = request.headers['if-match'];
  if (typeof wanted !== 'string' || wanted === '') return;
  const actual = etagOf(instance);
  if (wanted.replace(/"/g, '') !== actual) {
    throw new LxdRefusal(412, `ETag doesn't match: "${actual}" vs ${wanted}`);
  }
}
