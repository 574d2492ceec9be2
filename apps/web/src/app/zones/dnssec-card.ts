import { Component, effect, inject, input, untracked } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatProgressBarModule } from '@angular/material/progress-bar';
import type { Zone, ZoneKey } from '@lxdm/api-client';
import { CopyBlock } from '../dns/copy-block';
import { Dialogs } from '../feedback/dialogs';
import { FaultPanel } from '../feedback/fault-panel';
import { Notices } from '../feedback/notices';
import { ToneChip } from '../feedback/tone-chip';
import { Age } from '../format/age';
import { exactTime } from '../format/age-text';
import { Clock } from '../format/clock';
import { Latest, revisit } from '../live/latest';
import { Icon } from '../shell/icon';
import { dnssecWords, keyActions, keyLooks } from './dnssec-text';
import { ZonesStore } from './zones.store';

/** Whether the zone is signed, with which keys, and how one takes over from another. */
@Component({
  selector: 'app-dnssec-card',
  imports: [MatButtonModule, MatProgressBarModule, Age, CopyBlock, FaultPanel, Icon, ToneChip],
  templateUrl: './dnssec-card.html',
  styleUrl: './dnssec-card.scss',
})
export class DnssecCard {
  private readonly clock = inject(Clock);
  private readonly dialogs = inject(Dialogs);
  private readonly notices = inject(Notices);
  private readonly store = inject(ZonesStore);
  readonly zone = input.required<Zone>();

  protected readonly keys = new Latest<ZoneKey[], string>((name) => this.store.keys(name));
  protected readonly looks = keyLooks;
  protected readonly exact = exactTime;

  constructor() {
    revisit([this.keys]);
    effect(() => {
      const { name, dnssec } = this.zone();
      untracked(() => (dnssec ? void this.keys.ask(name) : this.keys.clear()));
    });
  }

  protected can(key: ZoneKey) {
    return keyActions(key, this.clock.now());
  }

  protected async turn(on: boolean): Promise<void> {
    const { name } = this.zone();
    const sure = await this.dialogs.confirm({
      title: on ? `Sign ${name}?` : `Stop signing ${name}?`,
      text: on ? dnssecWords.on : dnssecWords.off,
      action: on ? 'Turn DNSSEC on' : 'Turn DNSSEC off',
      ...(!on && { typed: name, danger: true }),
    });
    if (sure && (await this.notices.guard(() => this.store.setDnssec(name, on))))
      this.notices.say(on ? `${name} is signed.` : `${name} is no longer signed.`);
  }

  protected async startRollover(): Promise<void> {
    const { name } = this.zone();
    const sure = await this.dialogs.confirm({
      title: 'Make a new key?',
      text: 'It is published beside the active one and signs the keys. Add its DS record in the parent zone; once that is known everywhere, make it the active one.',
      action: 'Make key',
    });
    if (sure && (await this.notices.guard(() => this.store.startRollover(name)))) await this.keys.load();
  }

  protected async activate(key: ZoneKey): Promise<void> {
    const { name } = this.zone();
    const { early } = this.can(key);
    const sure = await this.dialogs.confirm({
      title: `Make key ${key.keyTag} the active one?`,
      text: early
        ? `It is too new: until ${exactTime(key.earliestNext ?? '')} there are resolvers that do not know it yet, and they would refuse every answer. Its DS record has to be in the parent zone, too.`
        : 'It signs every record from then on, and the key before it is retired. Its DS record has to be in the parent zone by now.',
      action: early ? 'Activate all the same' : 'Activate',
      ...(early && { danger: true }),
    });
    if (sure && (await this.notices.guard(() => this.store.activate(name, key.id, early)))) await this.keys.load();
  }

  protected async remove(key: ZoneKey): Promise<void> {
    const { name } = this.zone();
    const early = key.state === 'retired' && this.can(key).early;
    const sure = await this.dialogs.confirm({
      title: `Remove key ${key.keyTag}?`,
      text: early
        ? `Until ${exactTime(key.earliestNext ?? '')} resolvers may still hold records that it signed, and could not check them any more. Its DS record must be out of the parent zone.`
        : 'It is no longer published. Its DS record must be out of the parent zone by now.',
      action: early ? 'Remove all the same' : 'Remove key',
      danger: true,
    });
    if (sure && (await this.notices.guard(() => this.store.removeKey(name, key.id, early)))) await this.keys.load();
  }
}
