import { HttpErrorResponse } from '@angular/common/http';
import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { MatDialogRef } from '@angular/material/dialog';
import type { CreateContainer, Host, Image } from '@lxdm/api-client';
import { beforeEach, describe, expect, it } from 'vitest';
import { HostsStore } from '../hosts/hosts.store';
import { ProjectsStore } from '../projects/projects.store';
import { SessionStore } from '../session/session.store';
import { host } from '../testing/samples';
import { ContainersStore } from './containers.store';
import { CreateContainerDialog } from './create-container';

class FakeHosts {
  readonly items = signal<Host[]>([host(), host({ id: 'h2', name: 'orion', state: 'Unreachable' })]);
  asked: string[] = [];
  ensure(): Promise<void> {
    return Promise.resolve();
  }
  images(id: string): Promise<Image[]> {
    this.asked.push(id);
    return Promise.resolve([]);
  }
}

class FakeContainers {
  sent: CreateContainer[] = [];
  refusal: HttpErrorResponse | null = null;
  create(body: CreateContainer): Promise<void> {
    if (this.refusal) return Promise.reject(this.refusal);
    this.sent.push(body);
    return Promise.resolve();
  }
}

/** The dialog's own form, for what a user would type and choose. */
class OpenDialog extends CreateContainerDialog {
  readonly fields = this.form.controls;
  readonly shownPreview = this.preview;
  readonly shownFault = this.fault;
  submit(): Promise<void> {
    return this.send();
  }
}

describe('create container', () => {
  let containers: FakeContainers;
  let hosts: FakeHosts;
  let closed: number;
  let dialog: OpenDialog;

  beforeEach(async () => {
    containers = new FakeContainers();
    hosts = new FakeHosts();
    closed = 0;
    TestBed.configureTestingModule({
      providers: [
        OpenDialog,
        { provide: HostsStore, useValue: hosts },
        { provide: SessionStore, useValue: { zone: signal('ct.example.org') } },
        { provide: ContainersStore, useValue: containers },
        { provide: ProjectsStore, useValue: { items: signal([]), ensure: () => Promise.resolve() } },
        { provide: MatDialogRef, useValue: { close: () => (closed += 1) } },
      ],
    });
    dialog = TestBed.inject(OpenDialog);
    TestBed.tick();
    await Promise.resolve();
  });

  it('chooses the only host that is online, and asks for its images only', () => {
    expect(dialog.fields.hostId.value).toBe('h1');
    TestBed.tick();
    expect(hosts.asked).toEqual(['h1']);
  });

  it('previews the name in the zone, in lower case', () => {
    dialog.fields.name.setValue('Web-2');
    expect(dialog.shownPreview()).toBe('web-2.ct.example.org');
  });

  it('sends only what was chosen', async () => {
    dialog.fields.name.setValue('web2');
    dialog.fields.image.setValue('debian/12');
    await dialog.submit();
    expect(containers.sent).toEqual([{ name: 'web2', hostId: 'h1', image: 'debian/12', start: true, nesting: false }]);
    expect(closed).toBe(1);
  });

  it.each(['', '1web', 'web-'])('does not send the name "%s"', async (name) => {
    dialog.fields.name.setValue(name);
    dialog.fields.image.setValue('debian/12');
    await dialog.submit();
    expect(containers.sent).toEqual([]);
  });

  it('forgets the image with the host', () => {
    dialog.fields.image.setValue('debian/12');
    dialog.fields.hostId.setValue('h2');
    TestBed.tick();
    expect(dialog.fields.image.value).toBe('');
  });

  it('puts a taken name on the field and stays open', async () => {
    const detail = 'The name web2 is taken.';
    containers.refusal = new HttpErrorResponse({
      status: 409,
      error: { code: 'name-taken', title: 'Conflict', detail },
    });
    dialog.fields.name.setValue('web2');
    dialog.fields.image.setValue('debian/12');
    await dialog.submit();
    expect(dialog.fields.name.getError('server')).toBe(detail);
    expect(dialog.shownFault()).toBeNull();
    expect(closed).toBe(0);
  });
});
