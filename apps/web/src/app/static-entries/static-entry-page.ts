import { Component, computed, DestroyRef, effect, inject, input, untracked, viewChild } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';
import { MatProgressBarModule } from '@angular/material/progress-bar';
import { MatSelectModule } from '@angular/material/select';
import { Router, RouterLink } from '@angular/router';
import { RecordTable } from '../dns/record-table';
import { Dialogs } from '../feedback/dialogs';
import { FaultPanel } from '../feedback/fault-panel';
import { Notices } from '../feedback/notices';
import { Age } from '../format/age';
import { NeedsSudo } from '../session/needs-sudo';
import { SessionStore } from '../session/session.store';
import { Icon } from '../shell/icon';
import { PageTitle } from '../shell/page-title';
import { ZonesStore } from '../zones/zones.store';
import { checkText } from './check-text';
import { exampleText } from './example-text';
import { ProblemList } from './problem-list';
import { StaticEntriesStore } from './static-entries.store';
import { StaticEntryDraft } from './static-entry-draft';
import { TextEditor } from './text-editor';
import type { MayBeUnsaved } from './unsaved-text';

const previewLimit = 500;

/** Writes zone-file text, with what is wrong in it in place and what will be served of it below. */
@Component({
  selector: 'app-static-entry-page',
  imports: [
    RouterLink,
    MatButtonModule,
    MatFormFieldModule,
    MatInputModule,
    MatProgressBarModule,
    MatSelectModule,
    Age,
    FaultPanel,
    Icon,
    NeedsSudo,
    ProblemList,
    RecordTable,
    TextEditor,
  ],
  providers: [StaticEntryDraft],
  host: { '(window:beforeunload)': 'warn($event)' },
  templateUrl: './static-entry-page.html',
  styleUrl: './static-entry-page.scss',
})
export class StaticEntryPage implements MayBeUnsaved {
  private readonly dialogs = inject(Dialogs);
  private readonly notices = inject(Notices);
  private readonly router = inject(Router);
  private readonly store = inject(StaticEntriesStore);
  protected readonly zones = inject(ZonesStore);
  protected readonly session = inject(SessionStore);
  protected readonly draft = inject(StaticEntryDraft);

  /** `new` begins one. */
  readonly id = input.required<string>();
  private readonly editor = viewChild(TextEditor);
  protected readonly isNew = computed(() => this.draft.entry() === null);
  protected readonly summary = computed(() => checkText(this.draft.check()));
  protected readonly problems = computed(() => this.draft.check()?.problems ?? []);
  protected readonly records = computed(() => this.draft.check()?.records ?? []);
  protected readonly total = computed(() => this.draft.check()?.total ?? 0);
  protected readonly preview = computed(() => this.records().slice(0, previewLimit));
  protected readonly maySave = computed(
    () => !this.draft.saving() && this.draft.title().trim() !== '' && (this.isNew() || this.draft.changed()),
  );
  private leaving = false;

  constructor() {
    const title = inject(PageTitle);
    inject(DestroyRef).onDestroy(() => this.draft.close());
    // Once something is open, the end of sudo must not take what was written off the screen.
    effect(() => {
      const id = this.id();
      const may = this.session.isAdmin();
      untracked(() => {
        if (!may || this.draft.entry()?.id === id || (id === 'new' && this.draft.loaded())) return;
        void this.draft.open(id === 'new' ? null : id);
        void this.zones.list.ask();
      });
    });
    effect(() => {
      const name = this.draft.entry()?.title;
      if (name) title.show(name);
    });
  }

  unsaved(): boolean {
    return !this.leaving && this.draft.changed();
  }

  protected warn(event: BeforeUnloadEvent): void {
    if (this.unsaved()) event.preventDefault();
  }

  protected goTo(place: { line: number; column: number }): void {
    this.editor()?.goTo(place);
  }

  protected useExample(): void {
    this.draft.write(exampleText);
    if (this.draft.title() === '') this.draft.title.set('Example');
  }

  protected async save(overTheirs = false): Promise<void> {
    if (!this.maySave()) return;
    const wasNew = this.isNew();
    const saved = await (overTheirs ? this.draft.saveOverTheirs() : this.draft.save());
    if (saved === null) {
      const [first] = this.problems().filter(({ severity }) => severity === 'error');
      if (first && !this.draft.fault() && !this.draft.theirs()) this.goTo(first);
      return;
    }
    this.notices.say(`${saved.title} is saved: ${saved.records} ${saved.records === 1 ? 'record' : 'records'}.`);
    void this.draft.verify();
    if (wasNew && !this.draft.changed()) await this.router.navigate(['/dns/static', saved.id], { replaceUrl: true });
  }

  protected saveAnew(): Promise<void> {
    this.draft.startAnew();
    return this.save();
  }

  protected async remove(): Promise<void> {
    const entry = this.draft.entry();
    if (entry === null) return;
    const sure = await this.dialogs.confirm({
      title: `Delete ${entry.title}?`,
      text: `Its ${entry.records} ${entry.records === 1 ? 'record is' : 'records are'} no longer served. The text is gone with it.`,
      action: 'Delete entry',
      danger: true,
    });
    if (!sure || !(await this.notices.guard(() => this.store.remove(entry.id)))) return;
    this.leaving = true;
    this.notices.say(`${entry.title} is deleted.`);
    await this.router.navigate(['/dns/static']);
  }
}
