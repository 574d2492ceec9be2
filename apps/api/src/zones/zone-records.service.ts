import { DomainError, notFound, signedSteps, ZoneApex } from '@lxdm/domain';
import { lockZoneText, ShownRecord, Transactor, ZoneBrowserRepository, ZoneView } from '@lxdm/entities';
import { canonicalName, Name, rdataText, traceLookup, typeName } from '@lxdm/nameserver';
import { Inject, Injectable } from '@nestjs/common';
import { API_SETTINGS, ApiSettings } from '../api-settings';
import { Audit } from '../audit/audit.service';
import { offsetOf } from '../http/page-query';
import type { Actor } from '../session/actor';
import { askedName, askedType } from './asked';
import type { ListZoneRecords, NameTrace, TraceName, ZoneRecordPage, ZoneRecordView } from './dto/zone-record';
import { givenRecords, reasonOf, servedPart, ServedPart } from './served-parts';
import { permitChange, permitReading } from './zone-permit';

type Answer = ReturnType<typeof traceLookup>['answers'][number];

/** A chain of CNAMEs has so many names at most, and one more. */
const MOST_NAMES = 10;

/** What stands in the zones, what of it is served, and why a name is answered as it is. */
@Injectable()
export class ZoneRecordsService {
  constructor(
    private readonly db: Transactor,
    private readonly zones: ZoneBrowserRepository,
    private readonly audit: Audit,
    @Inject(API_SETTINGS) private readonly apex: Pick<ApiSettings, keyof ZoneApex>,
  ) {}

  async list(actor: Actor, name: string, query: ListZoneRecords): Promise<ZoneRecordPage> {
    const view = await this.find(actor, name);
    const { filter, type, source, page, pageSize } = query;
    const { items, total } = await this.zones.records({
      zone: view.name,
      given: await givenRecords(this.zones, this.apex, view),
      ...(filter !== undefined && { filter }),
      ...(type !== undefined && { type: askedType(type) }),
      ...(source !== undefined && { source }),
      offset: offsetOf(query),
      limit: pageSize,
    });
    const part = await servedPart(this.zones, this.apex, view, [...new Set(items.map(({ owner }) => owner))]);
    return { items: items.map((item) => this.shown(item, part)), total, page, pageSize };
  }

  /** Takes away what an update made; other records go with their entry. */
  async remove(actor: Actor, zone: string, id: string): Promise<void> {
    const act = { action: 'zone.remove-record', target: { kind: 'zone', id: zone, name: zone } };
    permitChange(actor, 'change-records', act);
    await this.db.run(async (tx) => {
      await lockZoneText(tx);
      const removed = await this.zones.removeUpdated(tx, zone, id);
      if (!removed) throw notFound('record that an update made');
      const detail = { owner: removed.owner, type: typeName(removed.type) };
      await this.audit.record(tx, actor, { ...act, detail });
    });
  }

  async trace(actor: Actor, zone: string, { name: given, type: asked = 'A' }: TraceName): Promise<NameTrace> {
    const view = await this.find(actor, zone);
    const type = askedType(asked);
    const name = askedName(given, view.name);
    const names = new Set([canonicalName(name)]);
    for (;;) {
      const below = await this.zones.somethingBelow([...names]);
      const part = await servedPart(this.zones, this.apex, view, [...names, ...below]);
      if (!part.zone) throw new DomainError('not-ready', 'The zone cannot be served as it is set up.');
      const trace = traceLookup(part.zone, name, type);
      const missing = trace.names.map((one) => canonicalName(Name.parse(one))).filter((one) => !names.has(one));
      if (missing.length === 0 || names.size > MOST_NAMES) {
        const answers = await this.traced(view, trace.answers, part);
        const { steps, rcode } = trace;
        const given = { isTop: canonicalName(name) === view.name, exists: rcode === 'NOERROR' };
        return { steps: view.dnssec ? signedSteps(steps, type, given) : [...steps], rcode, answers };
      }
      for (const one of missing) names.add(one);
    }
  }

  /** Each name is looked up once, however many records it answers with. */
  private async traced(view: ZoneView, answers: readonly Answer[], part: ServedPart): Promise<ZoneRecordView[]> {
    const given = await givenRecords(this.zones, this.apex, view);
    const owners = [...new Set(answers.map(({ from }) => canonicalName(Name.parse(from))))];
    const pages = await Promise.all(
      owners.map((owner) => this.zones.records({ zone: view.name, given, owner, offset: 0, limit: 1_000 })),
    );
    const items = pages.flatMap((page) => page.items);
    return answers.map(({ owner, from, type, ttl, rdata }) => {
      const name = canonicalName(Name.parse(from));
      const row = items.find((item) => item.owner === name && item.type === type && item.rdata.equals(rdata));
      const plain = { id: null, owner, type, ttl, rdata, source: 'container', origin: null, expiresAt: null } as const;
      return { ...this.shown(row ?? plain, part), owner, ttl, served: true, reason: null };
    });
  }

  private shown(record: ShownRecord, part: ServedPart): ZoneRecordView {
    const { id, owner, type, ttl, rdata, source, origin, expiresAt } = record;
    const reason = reasonOf(record, this.apex, part);
    return {
      id,
      owner,
      type: typeName(type),
      ttl,
      data: rdataText(type, rdata),
      source,
      origin,
      served: reason === null,
      reason,
      expiresAt: expiresAt?.toISOString() ?? null,
    };
  }

  private async find(actor: Actor, name: string): Promise<ZoneView> {
    permitReading(actor);
    const view = await this.zones.find(name);
    if (!view) throw notFound('zone');
    return view;
  }
}
