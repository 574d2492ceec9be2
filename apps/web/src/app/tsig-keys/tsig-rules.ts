import type { AbstractControl, ValidationErrors } from '@angular/forms';
import type { TsigKey } from '@lxdm/api-client';

export const algorithms: TsigKey['algorithm'][] = ['hmac-sha256', 'hmac-sha384', 'hmac-sha512'];

/** Words as they are typed: one a line, or with commas or spaces between. */
export function readWords(text: string): string[] {
  return text.split(/[\s,;]+/).filter((word) => word !== '');
}

export function readTypes(text: string): string[] {
  return readWords(text).map((word) => word.toUpperCase());
}

/** Catches slips; the server has the last word. */
export function recordTypes(control: AbstractControl<string>): ValidationErrors | null {
  const odd = readTypes(control.value).find((type) => !/^[A-Z][A-Z0-9-]{0,15}$/.test(type));
  return odd === undefined ? null : { types: `${odd} is no record type: write TXT or AAAA` };
}

/** What a key opens, in words. */
export function rightsText({
  updateNames,
  updateTypes,
  mayTransfer,
}: Pick<TsigKey, 'updateNames' | 'updateTypes' | 'mayTransfer'>): string[] {
  const texts: string[] = [];
  if (updateNames.length > 0)
    texts.push(`Updates ${updateTypes.length > 0 ? updateTypes.join(', ') : 'all types'} of ${updateNames.join(', ')}`);
  if (mayTransfer) texts.push('Transfers zones');
  return texts.length > 0 ? texts : ['Opens nothing yet'];
}
