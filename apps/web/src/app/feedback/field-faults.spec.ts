import { FormGroup } from '@angular/forms';
import { describe, expect, it } from 'vitest';
import type { Fault } from '../api/problem';
import { showFieldFaults } from './field-faults';
import { textControl } from './text-control';

const fault = (fields: Record<string, string>): Fault => ({
  status: 400,
  code: 'invalid',
  title: '',
  detail: '',
  requestId: null,
  fields,
});

describe('showFieldFaults', () => {
  const form = () => new FormGroup({ name: textControl(), subnets: textControl() });

  it.each([
    ['name', 'name'],
    ['subnets[0]', 'subnets'],
    ['subnets.1', 'subnets'],
  ])('puts %s on the field %s', (field, control) => {
    const group = form();
    expect(showFieldFaults(group, fault({ [field]: 'is wrong' }))).toBe(true);
    expect(group.get(control)?.getError('server')).toBe('is wrong');
    expect(group.get(control)?.touched).toBe(true);
  });

  it('says when something has no place in the form', () => {
    expect(showFieldFaults(form(), fault({ name: 'x', colour: 'y' }))).toBe(false);
    expect(showFieldFaults(form(), fault({}))).toBe(false);
  });
});
