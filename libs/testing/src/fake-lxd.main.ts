import { createInterface } from 'node:readline';
import { FakeLxd } from './fake-lxd/fake-lxd';
import type { Fault } from './fake-lxd/faults';

/** One line of JSON on the standard input each; the answer is one line of JSON. */
interface Command {
  readonly do:
    | 'inject'
    | 'heal'
    | 'freeze'
    | 'hangTls'
    | 'refuse'
    | 'listen'
    | 'restart'
    | 'changeCertificate'
    | 'forgetClients'
    | 'meddle'
    | 'addInstance'
    | 'counts'
    | 'close';
  readonly fault?: Fault;
  readonly method?: string;
  readonly path?: string;
  readonly times?: number;
  readonly name?: string;
  readonly what?: 'start' | 'stop' | 'delete';
}

async function obey(fake: FakeLxd, command: Command): Promise<unknown> {
  const { name = '' } = command;
  switch (command.do) {
    case 'inject': {
      if (command.fault === undefined) return { error: 'inject needs a fault' };
      const path = command.path === undefined ? undefined : new RegExp(command.path);
      fake.inject(command.fault, { method: command.method, path, times: command.times });
      return {};
    }
    case 'heal':
      return fake.heal();
    case 'freeze':
      return fake.freeze();
    case 'hangTls':
      return fake.hangTls();
    case 'refuse':
      return fake.refuse();
    case 'listen':
      return void (await fake.listen());
    case 'restart':
      return fake.restart();
    case 'changeCertificate':
      fake.changeCertificate();
      return { fingerprint: fake.fingerprint };
    case 'forgetClients':
      return fake.trust.forgetAll();
    case 'meddle':
      return fake.meddle(name, command.what ?? 'stop');
    case 'addInstance':
      return void fake.addInstance(name, { status: 'Running' });
    case 'counts':
      return fake.counts.all();
    case 'close':
      return fake.close();
  }
}

async function main(): Promise<void> {
  const number = (key: string, fallback: number): number => Number(process.env[key] ?? fallback);
  const fake = new FakeLxd({ name: process.env['FAKE_LXD_NAME'], trustPassword: process.env['FAKE_LXD_PASSWORD'] });
  await fake.listen(number('FAKE_LXD_PORT', 0));
  const instances = number('FAKE_LXD_INSTANCES', 0);
  for (let index = 1; index <= instances; index += 1) fake.addInstance(`c${index}`, { status: 'Running' });
  const say = (value: unknown): boolean => process.stdout.write(`${JSON.stringify(value ?? {})}\n`);
  say({ url: fake.url, fingerprint: fake.fingerprint, trustPassword: fake.trustPassword });
  for await (const line of createInterface({ input: process.stdin })) {
    if (line.trim() === '') continue;
    const command = JSON.parse(line) as Command;
    say(await obey(fake, command));
    if (command.do === 'close') return;
  }
  // The parent has gone, and with it the reason to live.
  await fake.close();
}

void main();
