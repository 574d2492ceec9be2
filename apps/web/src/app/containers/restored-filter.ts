import { inject } from '@angular/core';
import { CanActivateFn, Router } from '@angular/router';
import { readSetting } from '../shell/setting';
import { readQuery, writeQuery, type QueryParams } from './container-query';

/** An address that says nothing about the list gets what this browser last looked at. */
export const restoredFilter: CanActivateFn = (route) => {
  const saved = route.queryParamMap.keys.length === 0 ? readSetting('containers') : null;
  if (saved === null) return true;
  const params = writeQuery(readQuery(parsed(saved)));
  const differs = Object.values(params).some((value) => value !== null);
  return differs ? inject(Router).createUrlTree(['/containers'], { queryParams: params }) : true;
};

function parsed(text: string): QueryParams {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return {};
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, part]) => (part === null ? [] : [[key, String(part)]])),
    );
  } catch {
    return {};
  }
}
