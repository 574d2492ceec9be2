import { ValidateIf } from 'class-validator';

/** A property that may be left out; null is no way to do so, because nobody means it and the database would stumble over it. */
export function MayBeAbsent(): PropertyDecorator {
  return ValidateIf((_object, value) => value !== undefined);
}
