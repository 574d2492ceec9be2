import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { PeopleService, ProjectsService, type Project } from '@lxdm/api-client';
import { member, project } from '../testing/people';
import { ProjectsStore } from './projects.store';

class FakeApi {
  known = project({ members: [member({ username: 'ada' }), member({ username: 'linus', role: 'viewer' })] });
  sent: unknown[] = [];
  listProjects(): Promise<Project[]> {
    return Promise.resolve([this.known]);
  }
  removeProjectMember({ userId }: { userId: string }): Promise<Project> {
    this.known = { ...this.known, members: this.known.members.filter((one) => one.userId !== userId) };
    return Promise.resolve(this.known);
  }
  deleteProject(): Promise<void> {
    return Promise.resolve();
  }
  bindGitlabGroup(request: unknown): Promise<Project> {
    this.sent.push(request);
    return Promise.resolve(this.known);
  }
}

describe('ProjectsStore', () => {
  let api: FakeApi;
  let store: ProjectsStore;

  beforeEach(async () => {
    api = new FakeApi();
    TestBed.configureTestingModule({
      providers: [
        { provide: ProjectsService, useValue: api },
        { provide: PeopleService, useValue: {} },
      ],
    });
    store = TestBed.inject(ProjectsStore);
    await store.ensure();
  });

  it('shows what the server answered, without asking again', async () => {
    await store.removeMember('p1', 'id-linus');
    expect(store.get('p1')?.members.map(({ username }) => username)).toEqual(['ada']);
  });

  it.each([
    [false, undefined],
    [true, 1],
  ])('a project that one left is gone, but under sudo (%s)', async (sudo, members) => {
    await store.leave('p1', 'id-linus', sudo);
    expect(store.get('p1')?.members.length).toBe(members);
  });

  it('a deleted project is gone', async () => {
    await store.remove('p1');
    expect(store.items()).toEqual([]);
  });

  it.each([
    ['', { path: 'lab/team' }],
    ['https://git.example', { path: 'lab/team', issuer: 'https://git.example' }],
  ])('names a GitLab only where one was chosen (%j)', async (issuer, body) => {
    await store.bindGroup('p1', 'lab/team', issuer);
    expect(api.sent).toEqual([{ id: 'p1', body }]);
  });
});
