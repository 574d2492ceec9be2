import { FakeLxd } from '@lxdm/testing';
import { describeLxdContract } from './contract';

describeLxdContract('the fake LXD', async () => {
  const fake = await new FakeLxd({ timings: { operationTtlMs: 300 } }).listen();
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
    issueToken: (name) => Promise.resolve(fake.issueToken(name)),
    close: () => fake.close(),
  };
});
