import { inject, Injectable } from '@angular/core';
import type { Person } from '@lxdm/api-client';
import { Dialogs } from '../feedback/dialogs';
import { Notices } from '../feedback/notices';
import { ReasonDialog, type Decision } from '../feedback/reason-dialog';
import { PeopleStore } from './people.store';
import type { PersonActions } from './person-rules';

/** Asks for the reason, decides, and tells how it went. */
@Injectable({ providedIn: 'root' })
export class PersonDecisions {
  private readonly store = inject(PeopleStore);
  private readonly dialogs = inject(Dialogs);
  private readonly notices = inject(Notices);

  async decide(person: Person, action: keyof PersonActions): Promise<void> {
    const name = person.displayName || person.username;
    const reason = await this.dialogs.open<string, Decision>(ReasonDialog, questions[action](name));
    if (reason === undefined) return;
    if (await this.notices.guard(() => this.send(person, action, reason))) this.notices.say(outcomes[action](name));
  }

  private send(person: Person, action: keyof PersonActions, reason: string): Promise<void> {
    switch (action) {
      case 'approve':
      case 'unblock':
        return this.store.setStanding(person, 'active', reason);
      case 'block':
        return this.store.setStanding(person, 'blocked', reason);
      case 'promote':
        return this.store.setAdmin(person, true, reason);
      case 'demote':
        return this.store.setAdmin(person, false, reason);
    }
  }
}

const questions: Record<keyof PersonActions, (name: string) => Decision> = {
  approve: (name) => ({
    title: `Approve ${name}?`,
    text: 'They may then use LXD Manager: make projects and containers, and put their SSH keys into those of their projects.',
    action: 'Approve',
  }),
  block: (name) => ({
    title: `Block ${name}?`,
    text: 'They are signed out at once, their tokens stop working, and their SSH keys are taken out of all containers. Connections that are open inside a container stay open.',
    action: 'Block',
    danger: true,
  }),
  unblock: (name) => ({
    title: `Unblock ${name}?`,
    text: 'They may sign in again, and their SSH keys go back into the containers of their projects.',
    action: 'Unblock',
  }),
  promote: (name) => ({
    title: `Make ${name} an administrator?`,
    text: 'They may turn sudo on and then see and change everything, other administrators included.',
    action: 'Make administrator',
    danger: true,
  }),
  demote: (name) => ({
    title: `Take the administrator’s powers from ${name}?`,
    text: 'Their sudo ends at once, and their tokens of scope admin stop working. They stay a user.',
    action: 'Take powers away',
    danger: true,
  }),
};

const outcomes: Record<keyof PersonActions, (name: string) => string> = {
  approve: (name) => `${name} is approved.`,
  block: (name) => `${name} is blocked.`,
  unblock: (name) => `${name} is unblocked.`,
  promote: (name) => `${name} is an administrator now.`,
  demote: (name) => `${name} is no administrator any more.`,
};
