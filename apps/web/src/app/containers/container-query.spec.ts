import { describe, expect, it } from 'vitest';
import { defaultQuery, isNarrowed, readQuery, toggledSort, toRequest, writeQuery } from './container-query';

describe('container query', () => {
  it('survives the way through the address', () => {
    const query = {
      filter: 'web',
      status: 'Running' as const,
      projectId: 'p',
      hostId: 'h',
      sort: '-status' as const,
      page: 3,
      pageSize: 100,
    };
    const params = Object.fromEntries(Object.entries(writeQuery(query)).map(([key, value]) => [key, String(value)]));
    expect(readQuery(params)).toEqual(query);
  });

  it('writes nothing for the default', () => {
    expect(Object.values(writeQuery(defaultQuery)).every((value) => value === null)).toBe(true);
  });

  it.each([
    [{ page: '-1' }],
    [{ page: '1.5' }],
    [{ page: 'x' }],
    [{ pageSize: '7' }],
    [{ pageSize: '100000' }],
    [{ sort: 'password' }],
    [{ sort: '--name' }],
    [{ status: 'Dancing' }],
  ])('%o becomes the default', (params) => {
    expect(readQuery(params)).toEqual(defaultQuery);
  });

  it('asks only for what narrows', () => {
    expect(toRequest({ ...defaultQuery, filter: '  ' })).toEqual({ sort: 'name', page: 1, pageSize: 50 });
    expect(toRequest({ ...defaultQuery, filter: ' a ', hostId: 'h' })).toMatchObject({ filter: 'a', hostId: 'h' });
  });

  it('tells an empty fleet from a filter that fits nothing', () => {
    expect(isNarrowed(defaultQuery)).toBe(false);
    expect(isNarrowed({ ...defaultQuery, sort: '-name', page: 2 })).toBe(false);
    expect(isNarrowed({ ...defaultQuery, status: 'Error' })).toBe(true);
  });

  it('sorts up, then down, then up', () => {
    expect(toggledSort('name', 'host')).toBe('host');
    expect(toggledSort('host', 'host')).toBe('-host');
    expect(toggledSort('-host', 'host')).toBe('host');
  });
});
