import type { ZoneRecordView } from '@lxdm/api-client';
import { sourceTexts } from './zone-records-query';

/** Why a record is there: in words, and where more is to be read. */
export interface Origin {
  text: string;
  link: string[] | null;
}

export function originOf({ source, origin }: Pick<ZoneRecordView, 'source' | 'origin'>): Origin {
  const kind = sourceTexts[source];
  if (origin === null) return { text: source === 'update' ? `${kind}, its key is deleted` : kind, link: null };
  return { text: `${kind} ${origin.name}`, link: linkTo(source, origin.id) };
}

function linkTo(source: ZoneRecordView['source'], id: string): string[] | null {
  switch (source) {
    case 'container':
    case 'reverse':
      return ['/containers', id];
    case 'static':
      return ['/dns/static', id];
    case 'dynamic':
      return ['/dns/dynamic', id];
    case 'update':
      return ['/dns/keys'];
    case 'apex':
      return null;
  }
}
