import { FakeLxd } from '@lxdm/testing';
import { describeLxdContract } from './contract';
import { describeLxdMove } from './contract/move';
import type { ContractTarget } from './contract/target';

async function openFake(name: string): Promise<ContractTarget> {
  const fake = await new FakeLxd({ name, timings: { operationTtlMs: 300 } }).listen();
  fake.onExec = ({ instance, command }) => {
    const [program, path = ''] = command;
    if (program === 'false') return { exitCode: 1 };
    return { exitCode: 0, stdout: fake.instances.get(instance)?.files.get(path)?.toString('utf8') };
  };
  return {
    url: fake.url,
    fingerprint: fake.fingerprint,
    trustPassword: fake.trustPassword,
    image: 'debian/12',
    issueToken: (client) => Promise.resolve(fake.issueToken(client)),
    plant: (instance, kind, path, to) => {
      fake.instances.get(instance)?.nodes.set(path, { kind, ...(to === undefined ? {} : { target: to }) });
      return Promise.resolve();
    },
    close: () => fake.close(),
  };
}

describeLxdContract('the fake LXD', () => openFake('fake1'));

describeLxdMove('a move between two fakes', async () => ({
  from: await openFake('fake1'),
  to: await openFake('fake2'),
}));
