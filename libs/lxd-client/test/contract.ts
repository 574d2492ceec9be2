import { describeLifecycle } from './contract/lifecycle';
import { describeOperations } from './contract/operations';
import { describeRefusals } from './contract/refusals';
import { describeSftp } from './contract/sftp';
import { Bench, patienceMs, type ContractTarget } from './contract/target';
import { describeTrust } from './contract/trust';

/** What we rely on, checked against whatever host is given: the one suite that keeps the fake honest. */
export function describeLxdContract(title: string, open: () => Promise<ContractTarget>): void {
  describe(title, () => {
    let target: ContractTarget;
    let current: Bench | undefined;
    const bench = (): Bench => {
      if (current === undefined) throw new Error('no bench outside a test');
      return current;
    };
    beforeAll(async () => {
      target = await open();
    }, patienceMs);
    afterAll(() => target.close());
    beforeEach(async () => {
      current = new Bench(target);
      await current.trust();
    });
    afterEach(async () => {
      await current?.clean();
    }, patienceMs);
    jest.setTimeout(2 * patienceMs);

    describeTrust(bench);
    describeRefusals(bench);
    describeLifecycle(bench);
    describeOperations(bench);
    describeSftp(bench);
  });
}
