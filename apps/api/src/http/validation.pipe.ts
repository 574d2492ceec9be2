import { DomainError, FieldFault } from '@lxdm/domain';
import { ValidationError, ValidationPipe } from '@nestjs/common';

/** Checks every body and query against its class; unknown properties are refused by name. */
export function validationPipe(): ValidationPipe {
  return new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    stopAtFirstError: true,
    transform: true,
    validationError: { target: false, value: false },
    exceptionFactory: (errors) => {
      const faults = faultsOf(errors);
      return new DomainError('invalid', faults.map((fault) => fault.message).join(' '), faults);
    },
  });
}

/** The faults of a validation, one a field, with the path of nested ones. */
export function faultsOf(errors: readonly ValidationError[], path = ''): FieldFault[] {
  return errors.flatMap((error) => {
    const field = `${path}${error.property}`.slice(0, 100);
    const own = Object.entries(error.constraints ?? {}).slice(0, 1);
    return [
      ...own.map(([rule, message]) => ({
        field,
        message: rule === 'whitelistValidation' ? `"${field}" is not a known property.` : sentence(message),
      })),
      ...faultsOf(error.children ?? [], `${field}.`),
    ];
  });
}

function sentence(message: string): string {
  return /[.!?]$/.test(message) ? message : `${message.charAt(0).toUpperCase()}${message.slice(1)}.`;
}
