import type { FormGroup } from '@angular/forms';
import type { Fault } from '../api/problem';

/**
 * Puts the server's word on a field where the field is. Answers false when some of it belongs to no field of the form:
 * then the whole fault has to be shown.
 */
export function showFieldFaults(form: FormGroup, fault: Fault): boolean {
  const entries = Object.entries(fault.fields);
  let placed = 0;
  for (const [field, message] of entries) {
    // `subnets[0]` and `subnets.0` both belong to the field `subnets`.
    const control = form.get(field.split(/[.[]/)[0] ?? field);
    if (control === null) continue;
    control.setErrors({ server: message });
    control.markAsTouched();
    placed += 1;
  }
  return entries.length > 0 && placed === entries.length;
}
