import { GitlabGroupsRepository, GitlabSyncsRepository } from '@lxdm/entities';
import { counter, gauge } from '@lxdm/runtime';
import { Injectable, Logger } from '@nestjs/common';
import { Lanes } from '../lanes';
import { AccountSync, LookResult } from './account-sync';
import { GroupSync } from './group-sync';
import { IssuerCircuit } from './issuer-circuit';
import { silenceOf } from './silence';

/** How many questions one worker has for one GitLab at a time. */
const LANE_WIDTH = 4;
/** So many failures in a row are the GitLab's and not an account's. */
const DOWN_AFTER = 3;

const looks = counter('lxdm_gitlab_looks_total', 'Accounts and groups that GitLab was asked for, by how it ended.', [
  'issuer',
  'result',
]);
const serving = gauge('lxdm_gitlab_serving', 'Whether a GitLab answers.', ['issuer']);

/** The looks at GitLab: in a lane for each GitLab, and none at all while it does not serve. */
@Injectable()
export class GitlabSyncing {
  private readonly log = new Logger(GitlabSyncing.name);
  private readonly ending = new AbortController();
  private readonly circuits = new Map<string, IssuerCircuit>();
  private readonly lanes = new Lanes(LANE_WIDTH, (key) => this.work(key));

  constructor(
    private readonly accountRows: GitlabSyncsRepository,
    private readonly groupRows: GitlabGroupsRepository,
    private readonly accounts: AccountSync,
    private readonly groups: GroupSync,
  ) {}

  /** Asks for a look at an account, in its turn. */
  async pushAccount(id: string): Promise<void> {
    this.push(await this.accountRows.issuerOf(id), 'account', id);
  }

  /** Asks for a look at the group of a project, in its turn. */
  async pushGroup(projectId: string): Promise<void> {
    this.push(await this.groupRows.issuerOf(projectId), 'group', projectId);
  }

  /** Breaks off what is being read, and waits until every lease is given back. */
  async close(): Promise<void> {
    this.ending.abort();
    await this.lanes.close();
  }

  private push(issuer: string | null, kind: 'account' | 'group', id: string): void {
    if (issuer) this.lanes.push(issuer, `${kind} ${id} ${issuer}`);
  }

  private async work(key: string): Promise<void> {
    const [kind, id = '', issuer = ''] = key.split(' ');
    const circuit = this.circuits.get(issuer) ?? new IssuerCircuit();
    this.circuits.set(issuer, circuit);
    // What is not asked now is found by the sweep later.
    if (this.ending.signal.aborted || !circuit.enter(performance.now())) return;
    try {
      const result =
        kind === 'account'
          ? await this.accounts.sync(id, this.ending.signal)
          : await this.groups.sync(id, this.ending.signal);
      await this.note(issuer, circuit, result);
    } catch (error) {
      circuit.left();
      this.log.error(error);
    }
  }

  private async note(issuer: string, circuit: IssuerCircuit, result: LookResult): Promise<void> {
    if (result === 'not-asked') return circuit.left();
    if (result === 'served') {
      if (circuit.failuresInRow >= DOWN_AFTER) this.log.log(`${issuer} answers again`);
      circuit.served();
      serving.set({ issuer }, 1);
      looks.inc({ issuer, result: 'served' });
      return;
    }
    looks.inc({ issuer, result: 'failed' });
    const pauseMs = circuit.failed(performance.now(), retryAfterOf(result.fault), Math.random());
    if (circuit.failuresInRow < DOWN_AFTER) return;
    serving.set({ issuer }, 0);
    const problem = silenceOf(result.fault);
    if (circuit.failuresInRow === DOWN_AFTER) this.log.warn(`${issuer}: ${problem}`);
    await this.accountRows.pause(issuer, problem, pauseMs / 1000);
  }
}

function retryAfterOf(fault: unknown): number | undefined {
  return typeof fault === 'object' &&
    fault !== null &&
    'retryAfterMs' in fault &&
    typeof fault.retryAfterMs === 'number'
    ? fault.retryAfterMs
    : undefined;
}
