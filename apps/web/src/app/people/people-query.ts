import { standings, type Standing } from './person-rules';

/** What the list of people shows; all of it is in the address. */
export interface PeopleQuery {
  standing: Standing | '';
  filter: string;
  page: number;
}

/** From the address; anything odd becomes the default. */
export function readPeopleQuery(params: Record<keyof PeopleQuery, string | undefined>): PeopleQuery {
  const page = Number(params.page);
  return {
    standing: standings.find((standing) => standing === params.standing) ?? '',
    filter: (params.filter ?? '').trim(),
    page: Number.isInteger(page) && page > 0 ? page : 1,
  };
}

/** For the address: only what differs from the default. */
export function writePeopleQuery({ standing, filter, page }: PeopleQuery): Record<keyof PeopleQuery, string | null> {
  return { standing: standing || null, filter: filter || null, page: page > 1 ? String(page) : null };
}
