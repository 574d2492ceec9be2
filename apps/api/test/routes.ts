import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A route of the API document, which is all that there is: openapi.int-spec holds it to the router. */
export interface Route {
  operationId: string;
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  path: string;
  hasBody: boolean;
}

type Methods = Record<Route['method'], { operationId: string; requestBody?: object }>;

const file = join(__dirname, '../../../libs/api-client/openapi.json');
const { paths } = JSON.parse(readFileSync(file, 'utf8')) as { paths: Record<string, Methods> };

/** Every route. */
export const ROUTES: Route[] = Object.entries(paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, { operationId, requestBody }]) => ({
    operationId,
    method: method as Route['method'],
    path,
    hasBody: requestBody !== undefined,
  })),
);

/** The route of an operation. */
export function routeOf(operationId: string): Route {
  const route = ROUTES.find((one) => one.operationId === operationId);
  if (!route) throw new Error(`The API document has no operation ${operationId}.`);
  return route;
}

/** A route's path with ids in place of its parameters, in their order. */
export function pathWith(route: Route, ids: readonly string[]): string {
  const left = [...ids];
  return route.path.replace(/\{(\w+)\}/g, (_all, name) => {
    const id = left.shift();
    if (id === undefined) throw new Error(`${route.operationId} has no value for ${String(name)}.`);
    return id;
  });
}
