import { Component, signal, viewChild } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { describe, expect, it } from 'vitest';
import type { TextProblem } from '@lxdm/api-client';
import { ProblemList } from './problem-list';
import { TextEditor } from './text-editor';

@Component({
  imports: [ProblemList, TextEditor],
  template: `
    <app-text-editor [text]="text" [problems]="problems()" />
    <app-problem-list [problems]="problems()" (picked)="editor().goTo($event)" />
  `,
})
class Page {
  readonly text = 'www A 192.0.2.1\nmail A nonsense here\n';
  readonly problems = signal<TextProblem[]>([
    { line: 2, column: 8, severity: 'error', code: 'bad-rdata', message: 'no address' },
    { line: 1, column: 1, severity: 'warning', code: 'cname-loop', message: 'a loop' },
  ]);
  readonly editor = viewChild.required(TextEditor);
}

async function opened() {
  const fixture = TestBed.createComponent(Page);
  await fixture.whenStable();
  const element = fixture.nativeElement as HTMLElement;
  document.body.append(element);
  const field = element.querySelector('textarea');
  if (!field) throw new Error('There is no field.');
  return { element, field, buttons: [...element.querySelectorAll<HTMLButtonElement>('app-problem-list button')] };
}

describe('problems and the text', () => {
  it('are listed in the order of the text, with their places', async () => {
    const { buttons, field } = await opened();
    expect(buttons.map((button) => button.querySelector('.place')?.textContent.trim())).toEqual(['1:1', '2:8']);
    expect(field.getAttribute('aria-invalid')).toBe('true');
  });

  it('put the caret on what is wrong when one is picked', async () => {
    const { buttons, field } = await opened();
    buttons[1]?.click();
    expect(document.activeElement).toBe(field);
    expect(field.value.slice(field.selectionStart, field.selectionEnd)).toBe('nonsense');
  });

  it('mark their lines', async () => {
    const { element } = await opened();
    const marks = [...element.querySelectorAll<HTMLElement>('.gutter i')].map((mark) => [
      mark.className,
      mark.style.top,
    ]);
    expect(marks).toEqual([
      ['error', '30px'],
      ['warning', '10px'],
    ]);
  });
});
