import { HttpErrorResponse } from '@angular/common/http';
import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import type { CheckedText, StaticEntry } from '@lxdm/api-client';
import { StaticEntriesStore } from './static-entries.store';
import { StaticEntryDraft } from './static-entry-draft';

const entry = (part: Partial<StaticEntry> = {}): StaticEntry => ({
  id: 'e1',
  zone: 'ct.example.org.',
  title: 'Mail',
  text: 'mail A 192.0.2.1\n',
  version: 1,
  records: 1,
  updatedAt: '2026-01-01T00:00:00Z',
  updatedBy: null,
  ...part,
});

const problem = { line: 1, column: 8, severity: 'error' as const, code: 'bad-rdata', message: 'x is no address' };

/** One entry, as the server keeps it: another version than the one that was read is refused. */
class FakeStore {
  saved: StaticEntry | null = entry();
  checked: string[] = [];
  refusal: HttpErrorResponse | null = null;

  get(): Promise<StaticEntry> {
    return this.saved ? Promise.resolve(this.saved) : Promise.reject(refused(404, 'not-found'));
  }
  check(text: string): Promise<CheckedText> {
    this.checked.push(text);
    return Promise.resolve({ problems: [], records: [], total: 1 });
  }
  create(title: string, text: string): Promise<StaticEntry> {
    this.saved = entry({ id: 'e2', title, text });
    return Promise.resolve(this.saved);
  }
  change(id: string, title: string, text: string, version: number): Promise<StaticEntry> {
    if (this.refusal) return Promise.reject(this.refusal);
    if (this.saved === null) return Promise.reject(refused(404, 'not-found'));
    if (this.saved.version !== version) return Promise.reject(refused(409, 'changed-meanwhile'));
    this.saved = entry({ id, title, text, version: version + 1 });
    return Promise.resolve(this.saved);
  }
}

function refused(status: number, code: string, more: object = {}): HttpErrorResponse {
  return new HttpErrorResponse({ status, error: { code, title: code, ...more } });
}

describe('the draft of a static entry', () => {
  let store: FakeStore;
  let draft: StaticEntryDraft;

  beforeEach(async () => {
    store = new FakeStore();
    TestBed.configureTestingModule({
      providers: [StaticEntryDraft, { provide: StaticEntriesStore, useValue: store }],
    });
    draft = TestBed.inject(StaticEntryDraft);
    await draft.open('e1');
  });

  it('counts as changed only when it is, and not for the ends of its lines', async () => {
    store.saved = entry({ text: 'mail A 192.0.2.1\r\n' });
    await draft.open('e1');
    expect(draft.changed()).toBe(false);
    draft.text.set('mail A 192.0.2.2\n');
    expect(draft.changed()).toBe(true);
  });

  it('shows what somebody else saved meanwhile, and loses nothing of either', async () => {
    store.saved = entry({ text: 'theirs', version: 2 });
    draft.text.set('mine');
    expect(await draft.save()).toBeNull();
    expect([draft.theirs()?.text, draft.text(), store.saved.text]).toEqual(['theirs', 'mine', 'theirs']);
    expect((await draft.saveOverTheirs())?.text).toBe('mine');
    expect([draft.theirs(), store.saved.version, draft.changed()]).toEqual([null, 3, false]);
  });

  it('puts mine aside when theirs is taken, and back again', async () => {
    store.saved = entry({ text: 'theirs', version: 2 });
    draft.text.set('mine');
    await draft.save();
    draft.takeTheirs();
    expect([draft.text(), draft.changed(), draft.setAside()]).toEqual(['theirs', false, 'mine']);
    draft.putMineBack();
    expect([draft.text(), draft.changed(), draft.setAside()]).toEqual(['mine', true, null]);
    expect((await draft.save())?.version).toBe(3);
    draft.close();
  });

  it('can be saved anew when the entry was deleted meanwhile', async () => {
    store.saved = null;
    draft.text.set('mine');
    expect(await draft.save()).toBeNull();
    expect([draft.fault()?.status, draft.text()]).toEqual([404, 'mine']);
    draft.startAnew();
    expect((await draft.save())?.id).toBe('e2');
  });

  it('shows the problems with which it was refused in their places', async () => {
    store.refusal = refused(422, 'invalid-text', { problems: [problem] });
    draft.text.set('mail A x');
    expect(await draft.save()).toBeNull();
    expect([draft.check()?.problems, draft.errors(), draft.fault()]).toEqual([[problem], true, null]);
  });

  it('asks once for what was typed in one go', async () => {
    store.checked.length = 0;
    for (const text of ['w', 'ww', 'www A 192.0.2.1']) draft.write(text);
    await draft.verify();
    expect(store.checked).toEqual(['www A 192.0.2.1']);
    draft.close();
  });
});
