/** Where a record may come from, as it is called. */
export const sourceTexts = {
  apex: 'Settings',
  container: 'Container',
  static: 'Static entry',
  dynamic: 'Dynamic entry',
  update: 'Dynamic update',
  reverse: 'Reverse name',
} as const;

export type RecordSource = keyof typeof sourceTexts;

/** What the table of a zone's records shows; all of it is in the address. */
export interface ZoneRecordsQuery {
  filter: string;
  type: string;
  source: RecordSource | '';
  page: number;
}

/** From the address; anything odd becomes the default. */
export function readZoneRecordsQuery(params: Record<keyof ZoneRecordsQuery, string | undefined>): ZoneRecordsQuery {
  const page = Number(params.page);
  const type = (params.type ?? '').trim().toUpperCase();
  return {
    filter: (params.filter ?? '').trim(),
    type: /^[A-Z0-9]{1,10}$/.test(type) ? type : '',
    source: isSource(params.source) ? params.source : '',
    page: Number.isInteger(page) && page > 0 ? page : 1,
  };
}

/** For the address: only what differs from the default. */
export function writeZoneRecordsQuery({
  filter,
  type,
  source,
  page,
}: ZoneRecordsQuery): Record<keyof ZoneRecordsQuery, string | null> {
  return { filter: filter || null, type: type || null, source: source || null, page: page > 1 ? String(page) : null };
}

function isSource(text: string | undefined): text is RecordSource {
  return text !== undefined && Object.hasOwn(sourceTexts, text);
}
