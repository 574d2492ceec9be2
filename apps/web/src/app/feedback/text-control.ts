import { FormControl, type ValidatorFn } from '@angular/forms';

/** A text field that is never null. */
export function textControl(...validators: ValidatorFn[]): FormControl<string> {
  return new FormControl('', { nonNullable: true, validators });
}
