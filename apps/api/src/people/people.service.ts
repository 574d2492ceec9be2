import { DomainError, notFound } from '@lxdm/domain';
import { PeopleRepository } from '@lxdm/entities';
import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.service';
import { offsetOf } from '../http/page-query';
import type { Actor } from '../session/actor';
import type { ListPeople } from './dto/list-people';
import type { FoundPerson, Person, PersonPage } from './dto/person';
import { mayOnPeople, PeopleAction } from './people.policy';
import { personOf } from './person-mapping';

const SEARCH_LIMIT = 20;

/** Shows people: all of them to admins, names to those who put a team together. */
@Injectable()
export class PeopleService {
  constructor(
    private readonly people: PeopleRepository,
    private readonly audit: Audit,
  ) {}

  async list(actor: Actor, query: ListPeople): Promise<PersonPage> {
    await this.check(actor, 'list');
    const { standing, filter, page, pageSize } = query;
    const wanted = { standing, filter, offset: offsetOf(query), limit: pageSize };
    const { items, total } = await this.people.page(wanted);
    return { items: items.map(personOf), total, page, pageSize };
  }

  async search(actor: Actor, name: string): Promise<FoundPerson[]> {
    await this.check(actor, 'search');
    return this.people.search(name, SEARCH_LIMIT);
  }

  async read(id: string): Promise<Person> {
    const view = await this.people.find(id);
    if (!view) throw notFound('person');
    return personOf(view);
  }

  /** @throws DomainError `forbidden` */
  async check(actor: Actor, action: PeopleAction): Promise<void> {
    if (mayOnPeople(actor, action)) return;
    if (action !== 'list')
      await this.audit.refused(actor, { action: `user.${action}`, target: { kind: 'user', id: null, name: '' } });
    const words = actor.canSudo ? 'Turn sudo on to look after people.' : 'Only admins look after people.';
    throw new DomainError('forbidden', words);
  }
}
