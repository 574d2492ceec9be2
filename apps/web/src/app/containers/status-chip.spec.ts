import { TestBed } from '@angular/core/testing';
import type { Container, Operation } from '@lxdm/api-client';
import { signal } from '@angular/core';
import { beforeEach, describe, expect, it } from 'vitest';
import { OperationsStore } from '../operations/operations.store';
import { container, operation } from '../testing/samples';
import { StatusChip } from './status-chip';

describe('StatusChip', () => {
  const running = signal<ReadonlyMap<string, Operation>>(new Map());

  beforeEach(() => {
    running.set(new Map());
    TestBed.configureTestingModule({ providers: [{ provide: OperationsStore, useValue: { running } }] });
  });

  async function rendered(part: Partial<Container>): Promise<HTMLElement> {
    const fixture = TestBed.createComponent(StatusChip);
    fixture.componentRef.setInput('container', container(part));
    await fixture.whenStable();
    return fixture.nativeElement as HTMLElement;
  }

  it('says the state in a word and with an icon', async () => {
    const element = await rendered({ status: 'Stopped' });
    expect(element.textContent).toContain('Stopped');
    expect(element.querySelector('svg path')?.getAttribute('d')).toBeTruthy();
    expect(element.querySelector('mat-progress-bar')).toBeNull();
  });

  it('shows how old a view of a silent host is', async () => {
    const element = await rendered({ stale: true, observedAt: new Date(Date.now() - 120_000).toISOString() });
    expect(element.textContent).toMatch(/seen\s+2 min ago/);
  });

  it('shows progress and the step of an operation', async () => {
    running.set(
      new Map([
        ['id-web1', operation({ progress: 40, steps: [{ name: 'Copy the image', status: 'running', at: '' }] })],
      ]),
    );
    const element = await rendered({ status: 'Stopped' });
    expect(element.textContent).toContain('Starting');
    expect(element.textContent).toContain('Copy the image');
    expect(element.querySelector('mat-progress-bar')?.getAttribute('aria-valuenow')).toBe('40');
  });
});
