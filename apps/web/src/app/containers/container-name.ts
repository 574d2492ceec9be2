import type { AbstractControl, ValidationErrors } from '@angular/forms';

const pattern = /^[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]$/;

/** A DNS label that starts with a letter; says what is wrong rather than only that something is. */
export function nameFault(name: string): string | null {
  if (name === '' || pattern.test(name)) return null;
  if (!/^[A-Za-z]/.test(name)) return 'Start with a letter';
  if (name.length < 2) return 'At least two characters';
  if (name.length > 63) return 'At most 63 characters';
  if (!/^[A-Za-z0-9-]+$/.test(name)) return 'Only letters, digits and hyphens';
  return 'End with a letter or a digit';
}

export function containerName(control: AbstractControl<string>): ValidationErrors | null {
  const fault = nameFault(control.value);
  return fault === null ? null : { name: fault };
}
