import { Component, computed, ElementRef, input, output, signal, viewChild } from '@angular/core';
import { lineCount, offsetOf, wordEnd, type TextPlace } from './text-place';

const lineHeight = 20;

/** A plain field for zone-file text, with the numbers of its lines; lines with problems are marked there. */
@Component({
  selector: 'app-text-editor',
  template: `
    <div class="gutter" aria-hidden="true">
      <div class="moved" [style.transform]="'translateY(' + -scrolled() + 'px)'">
        @for (mark of marks(); track mark.line) {
          <i [class]="mark.severity" [style.top.px]="(mark.line - 1) * lineHeight + 10"></i>
        }
        <pre>{{ numbers() }}</pre>
      </div>
    </div>
    <textarea
      #field
      wrap="off"
      rows="16"
      [id]="fieldId()"
      [attr.aria-label]="label()"
      [attr.aria-describedby]="describedBy()"
      [attr.aria-invalid]="invalid()"
      autocomplete="off"
      autocapitalize="none"
      spellcheck="false"
      [value]="text()"
      (input)="changed.emit(field.value)"
      (scroll)="scrolled.set(field.scrollTop)"
    ></textarea>
  `,
  styleUrl: './text-editor.scss',
})
export class TextEditor {
  readonly text = input.required<string>();
  readonly label = input('Zone-file text');
  readonly fieldId = input('zone-text');
  readonly describedBy = input<string | null>(null);
  readonly problems = input<{ line: number; severity: 'error' | 'warning' }[]>([]);
  readonly changed = output<string>();

  private readonly field = viewChild.required<ElementRef<HTMLTextAreaElement>>('field');
  protected readonly scrolled = signal(0);
  protected readonly lineHeight = lineHeight;
  private readonly lines = computed(() => lineCount(this.text()));
  protected readonly numbers = computed(() => Array.from({ length: this.lines() }, (_, index) => index + 1).join('\n'));
  protected readonly invalid = computed(() => this.problems().some(({ severity }) => severity === 'error'));
  /** One mark a line; an error covers a warning. */
  protected readonly marks = computed(() => {
    const marks = new Map<number, 'error' | 'warning'>();
    for (const { line, severity } of this.problems())
      if (marks.get(line) !== 'error') marks.set(Math.min(line, this.lines()), severity);
    return [...marks].map(([line, severity]) => ({ line, severity }));
  });

  /** Puts the caret there, with what begins there selected, and the line into sight. */
  goTo(place: TextPlace): void {
    const field = this.field().nativeElement;
    const start = offsetOf(field.value, place);
    field.focus();
    field.setSelectionRange(start, wordEnd(field.value, start));
    const top = (Math.min(place.line, this.lines()) - 1) * lineHeight;
    if (top < field.scrollTop || top > field.scrollTop + field.clientHeight - 2 * lineHeight)
      field.scrollTop = Math.max(0, top - field.clientHeight / 2);
  }
}
