import { LxdRefusal } from './lxd-refusal';
import { accepted, bytes, sync } from './reply';
import type { Route } from './router';

/** Commands with recorded output, answered by the test's own handler. */
export const execRoutes: readonly Route[] = [
  {
    method: 'POST',
    pattern: ['instances', '*', 'exec'],
    handle: ({ segments, body }, { engine, operations, exec, logs }) => {
      const instance = engine.find(segments[1] ?? '');
      if (instance.status !== 'Running') throw new LxdRefusal(400, 'Instance is not running');
      const call = { instance: instance.name, command: body.list('command'), environment: body.texts('environment') };
      return accepted(
        operations.begin('Executing command', { instances: [`/1.0/instances/${instance.name}`] }, async (operation) => {
          const { exitCode, stdout = '', stderr = '' } = await exec(call);
          const path = (stream: string): string =>
            `/1.0/instances/${instance.name}/logs/exec_${operation.id}.${stream}`;
          logs.set(path('stdout'), Buffer.from(stdout));
          logs.set(path('stderr'), Buffer.from(stderr));
          operation.metadata = { return: exitCode, output: { '1': path('stdout'), '2': path('stderr') } };
        }),
      );
    },
  },
  {
    method: 'GET',
    pattern: ['instances', '*', 'logs', '*'],
    handle: ({ path }, { logs }) => {
      const content = logs.get(path);
      if (content === undefined) throw new LxdRefusal(404, 'not found');
      return bytes(content);
    },
  },
  {
    method: 'DELETE',
    pattern: ['instances', '*', 'logs', '*'],
    handle: ({ path }, { logs }) => {
      logs.delete(path);
      return sync({});
    },
  },
];
