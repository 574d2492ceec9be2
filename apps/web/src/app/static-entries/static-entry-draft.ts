import { HttpErrorResponse } from '@angular/common/http';
import { computed, inject, Injectable, signal } from '@angular/core';
import type { CheckedText, StaticEntry } from '@lxdm/api-client';
import { faultOf, type Fault } from '../api/problem';
import { problemsIn } from './check-text';
import { StaticEntriesStore } from './static-entries.store';

const typingPause = 350;

/** What is being written, beside what is saved: checked while it is typed, and never lost to somebody else's change. */
@Injectable()
export class StaticEntryDraft {
  private readonly store = inject(StaticEntriesStore);
  private readonly base = signal<StaticEntry | null>(null);
  private readonly ready = signal(false);
  private readonly failed = signal<Fault | null>(null);
  private readonly result = signal<CheckedText | null>(null);
  private readonly checkFailed = signal<Fault | null>(null);
  private readonly other = signal<StaticEntry | null>(null);
  private readonly kept = signal<string | null>(null);
  private timer: ReturnType<typeof setTimeout> | undefined;
  private asked = 0;

  readonly title = signal('');
  readonly text = signal('');
  readonly zone = signal<string | undefined>(undefined);
  readonly saving = signal(false);
  readonly checking = signal(false);
  readonly entry = this.base.asReadonly();
  readonly loaded = this.ready.asReadonly();
  readonly fault = this.failed.asReadonly();
  readonly check = this.result.asReadonly();
  readonly checkFault = this.checkFailed.asReadonly();
  /** As somebody else saved it since it was opened. */
  readonly theirs = this.other.asReadonly();
  /** One's own text, after theirs was taken over. */
  readonly setAside = this.kept.asReadonly();
  readonly changed = computed(
    () => this.title() !== (this.base()?.title ?? '') || this.text() !== plain(this.base()?.text ?? ''),
  );
  readonly errors = computed(() => this.result()?.problems.some(({ severity }) => severity === 'error') ?? false);

  /** @param id of the entry; without, a new one begins */
  async open(id: string | null): Promise<void> {
    this.reset();
    if (id === null) {
      this.ready.set(true);
      return;
    }
    try {
      this.take(await this.store.get(id));
      void this.verify();
    } catch (error) {
      this.failed.set(faultOf(error));
    }
  }

  write(text: string): void {
    this.text.set(text);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.verify(), typingPause);
  }

  /** Asks what would be served of the text as it is now; an answer about an older text is dropped. */
  async verify(): Promise<void> {
    clearTimeout(this.timer);
    const ticket = ++this.asked;
    if (this.text().trim() === '') {
      this.result.set(null);
      this.checking.set(false);
      return;
    }
    this.checking.set(true);
    try {
      const result = await this.store.check(this.text(), this.base()?.zone ?? this.zone(), this.base()?.id);
      if (ticket !== this.asked) return;
      this.result.set(result);
      this.checkFailed.set(null);
    } catch (error) {
      if (ticket === this.asked) this.checkFailed.set(faultOf(error));
    } finally {
      if (ticket === this.asked) this.checking.set(false);
    }
  }

  /** Answers with the saved entry, or nothing when it was not saved: why is in `fault`, `theirs` or `check`. */
  async save(): Promise<StaticEntry | null> {
    if (this.saving()) return null;
    this.saving.set(true);
    this.failed.set(null);
    const [title, text, base] = [this.title().trim(), this.text(), this.base()];
    try {
      const saved = base
        ? await this.store.change(base.id, title, text, base.version)
        : await this.store.create(title, text, this.zone());
      this.base.set(saved);
      this.other.set(null);
      this.title.set(saved.title);
      // What was typed while it was being saved stays, and counts as changed.
      if (this.text() === text) this.text.set(plain(saved.text));
      return saved;
    } catch (error) {
      await this.refused(error);
      return null;
    } finally {
      this.saving.set(false);
    }
  }

  /** Mine replaces theirs, which is still to be read beside it until it is saved. */
  async saveOverTheirs(): Promise<StaticEntry | null> {
    const theirs = this.other();
    if (theirs === null) return null;
    this.base.set(theirs);
    return this.save();
  }

  takeTheirs(): void {
    const theirs = this.other();
    if (theirs === null) return;
    this.kept.set(this.text());
    this.take(theirs);
    void this.verify();
  }

  putMineBack(): void {
    const mine = this.kept();
    if (mine === null) return;
    this.kept.set(null);
    this.write(mine);
  }

  /** The entry was deleted meanwhile: what is written becomes a new one. */
  startAnew(): void {
    this.zone.set(this.base()?.zone);
    this.base.set(null);
    this.failed.set(null);
  }

  close(): void {
    clearTimeout(this.timer);
    this.asked += 1;
  }

  private async refused(error: unknown): Promise<void> {
    const fault = faultOf(error);
    const base = this.base();
    if (fault.code === 'changed-meanwhile' && base !== null) {
      try {
        this.other.set(await this.store.get(base.id));
        return;
      } catch (again) {
        this.failed.set(faultOf(again));
        return;
      }
    }
    const problems = error instanceof HttpErrorResponse ? problemsIn(error.error) : [];
    if (problems.length > 0) this.result.set({ problems, records: [], total: 0 });
    else this.failed.set(fault);
  }

  private take(entry: StaticEntry): void {
    this.base.set(entry);
    this.other.set(null);
    this.title.set(entry.title);
    this.text.set(plain(entry.text));
    this.ready.set(true);
  }

  private reset(): void {
    this.close();
    this.base.set(null);
    this.other.set(null);
    this.kept.set(null);
    this.title.set('');
    this.text.set('');
    this.result.set(null);
    this.checkFailed.set(null);
    this.failed.set(null);
    this.ready.set(false);
  }
}

/** As a text field gives it back: its lines end in a plain line feed. */
function plain(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}
