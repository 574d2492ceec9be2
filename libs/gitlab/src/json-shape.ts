/** Thrown by the readers below and turned into `garbage`; its text names the field and never its value. */
export class ShapeError extends Error {}

/** An object of JSON. */
export function objectOf(value: unknown, what: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new ShapeError(`${what} is no object`);
  return value as Record<string, unknown>;
}

/** A list of JSON. */
export function listOf(value: unknown, what: string): unknown[] {
  if (!Array.isArray(value)) throw new ShapeError(`${what} is no list`);
  return value as unknown[];
}

/** A field that is text, with at most `most` characters. */
export function textOf(object: Record<string, unknown>, field: string, most = 1024): string {
  const value = object[field];
  if (typeof value !== 'string' || value === '' || value.length > most)
    throw new ShapeError(`${field} is missing or no text`);
  return value;
}

/** A field that is text or not there. */
export function optionalTextOf(object: Record<string, unknown>, field: string, most = 1024): string | null {
  const value = object[field];
  return value === undefined || value === null || value === '' ? null : textOf(object, field, most);
}

/** A whole number that is not negative. */
export function countOf(object: Record<string, unknown>, field: string): number {
  const value = object[field];
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0)
    throw new ShapeError(`${field} is missing or no number`);
  return value;
}

/** A number of GitLab's, as the decimal text that the database keeps. */
export function idOf(object: Record<string, unknown>): string {
  const id = countOf(object, 'id');
  if (id === 0) throw new ShapeError('id is 0');
  return String(id);
}

/** A point in time that may be missing. */
export function optionalDateOf(object: Record<string, unknown>, field: string): Date | null {
  const text = optionalTextOf(object, field, 64);
  if (text === null) return null;
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) throw new ShapeError(`${field} is no date`);
  return date;
}
