import { inject, Injectable } from '@angular/core';
import { Title } from '@angular/platform-browser';
import { RouterStateSnapshot, TitleStrategy } from '@angular/router';

@Injectable({ providedIn: 'root' })
export class PageTitle extends TitleStrategy {
  private readonly title = inject(Title);

  override updateTitle(snapshot: RouterStateSnapshot): void {
    this.show(this.buildTitle(snapshot) ?? '');
  }

  /** For pages that are about one thing: its name says more than the route does. */
  show(subject: string): void {
    this.title.setTitle(subject === '' ? 'LXD Manager' : `${subject} · LXD Manager`);
  }
}
