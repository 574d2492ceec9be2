import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A route of the API document, which is all that there is: openapi.int-spec holds it to the router. */
export interface Route {
  operationId: string;
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  path: string;
  hasBody: boolean;
  /** The properties of its body, where they are named. */
  properties: string[];
}

type Body = { content: { 'application/json'?: { schema: { $ref?: string } } } };
type Methods = Record<Route['method'], { operationId: string; requestBody?: Body }>;
type Schemas = Record<string, { properties?: object }>;

const file = join(__dirname, '../../../libs/api-client/openapi.json');
const { paths, components } = JSON.parse(readFileSync(file, 'utf8')) as {
  paths: Record<string, Methods>;
  components: { schemas: Schemas };
};

/** Every route. */
export const ROUTES: Route[] = Object.entries(paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, { operationId, requestBody }]) => ({
    operationId,
    method: method as Route['method'],
    path,
    hasBody: requestBody !== undefined,
    properties: propertiesOf(requestBody),
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

function propertiesOf(body: Body | undefined): string[] {
  const name = body?.content['application/json']?.schema.$ref?.split('/').at(-1);
  return Object.keys((name === undefined ? undefined : components.schemas[name]?.properties) ?? {});
}
