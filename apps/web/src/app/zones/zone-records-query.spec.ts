import { describe, expect, it } from 'vitest';
import { readZoneRecordsQuery, writeZoneRecordsQuery } from './zone-records-query';

const none = { filter: undefined, type: undefined, source: undefined, page: undefined };

describe('what the table of records shows', () => {
  it.each([
    [none, { filter: '', type: '', source: '', page: 1 }],
    [
      { filter: ' web ', type: 'aaaa', source: 'update', page: '3' },
      { filter: 'web', type: 'AAAA', source: 'update', page: 3 },
    ],
    [
      { ...none, type: 'A; DROP', source: 'toString', page: '-1' },
      { filter: '', type: '', source: '', page: 1 },
    ],
  ])('%j is read as %j', (params, query) => expect(readZoneRecordsQuery(params)).toEqual(query));

  it('leaves the defaults out of the address', () => {
    expect(writeZoneRecordsQuery({ filter: '', type: 'A', source: '', page: 1 })).toEqual({
      filter: null,
      type: 'A',
      source: null,
      page: null,
    });
  });
});
