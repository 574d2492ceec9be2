/** The first moment of a day that is written "2026-01-31", some days later if wanted; null when there is no such day. */
export function exactDay(text: string, later = 0): Date | null {
  const [year = NaN, month = NaN, day = NaN] = /^\d{4}-\d{2}-\d{2}$/.test(text) ? text.split('-').map(Number) : [];
  const named = new Date(year, month - 1, day);
  // The 31st of February would silently become a day of March.
  if (Number.isNaN(named.getTime()) || named.getMonth() !== month - 1) return null;
  return new Date(year, month - 1, day + later);
}
