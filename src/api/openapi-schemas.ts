import { z } from 'zod';
import * as contract from './contract.ts';
import * as access from './contracts/access.ts';
import * as alertingRow from './contracts/alerting-row.ts';
import * as catalog from './contracts/catalog.ts';
import * as cycle from './contracts/cycle.ts';
import * as definition from './contracts/definition.ts';
import * as definitionRow from './contracts/definition-row.ts';
import * as events from './contracts/events.ts';
import * as importText from './contracts/import.ts';
import * as ingest from './contracts/ingest.ts';
import * as publicLinks from './contracts/public-links.ts';
import * as resourcesRow from './contracts/resources-row.ts';
import * as revenue from './contracts/revenue.ts';
import { isList } from './read-input.ts';
import { type Route, routes } from './routes.ts';

export type JsonSchema = { [key: string]: unknown };
/** Of each route, with references to the named ones; and those, as far as they are referred to. */
export type DocumentSchemas = {
  body: Record<string, JsonSchema>;
  query: Record<string, JsonSchema>;
  answer: Record<string, JsonSchema>;
  components: Record<string, JsonSchema>;
};

const MODULES = [
  contract,
  access,
  alertingRow,
  catalog,
  cycle,
  definition,
  definitionRow,
  events,
  importText,
  ingest,
  publicLinks,
  resourcesRow,
  revenue,
];
const PLACE = '#/components/schemas/';
const all = Object.entries<Route>(routes);

/** JSON Schema of everything, from the very schemas that validate. */
export function documentSchemas(): DocumentSchemas {
  const sent = convert('input');
  const answered = convert('output');
  const own = (schemas: Record<string, JsonSchema>, part: string): Record<string, JsonSchema> =>
    Object.fromEntries(
      Object.entries(schemas).flatMap(([name, schema]) => {
        const [operation = '', of] = name.split(':');
        return of === part ? [[operation, schema]] : [];
      }),
    );
  const body = own(sent, 'body');
  // Fields of a query are parameters, one by one.
  const query = Object.fromEntries(
    Object.entries(own(sent, 'query')).map(([name, { $ref }]) => [
      name,
      sent[String($ref).slice(PLACE.length)] ?? {},
    ]),
  );
  const answer = own(answered, 'answer');
  const components: Record<string, JsonSchema> = {
    ...referred(answer, answered),
    Problem: answered['Problem'] ?? {},
  };
  // What is sent may leave out what has a default; where that makes a difference it has a name of its own.
  const inputs = referred({ ...body, ...query }, sent);
  const renamed = new Map<string, string>();
  for (const name of Object.keys(inputs)) {
    const same =
      name in components && JSON.stringify(deep(name, sent)) === JSON.stringify(deep(name, answered));
    renamed.set(name, name in components && !same ? `${name}Input` : name);
  }
  const rename = <T>(value: T): T =>
    JSON.parse(
      JSON.stringify(value).replace(/"#\/components\/schemas\/(\w+)"/g, (whole, name: string) =>
        renamed.has(name) ? `"${PLACE}${renamed.get(name)}"` : whole,
      ),
    ) as T;
  for (const [name, schema] of Object.entries(inputs))
    components[renamed.get(name) ?? name] ??= rename(schema);
  return { body: rename(body), query: rename(query), answer, components: sorted(components) };
}

/** Every schema of the contract by its name, and those of each route by `operation:part`. */
function convert(io: 'input' | 'output'): Record<string, JsonSchema> {
  const registry = z.registry<{ id: string }>();
  const taken = new Set<string>();
  for (const [exported, schema] of MODULES.flatMap((module) => Object.entries(module))) {
    if (!exported.endsWith('Schema') || !(schema instanceof z.ZodType) || registry.has(schema)) continue;
    const id = pascal(exported.slice(0, -'Schema'.length));
    if (taken.has(id)) continue;
    taken.add(id);
    registry.add(schema, { id });
  }
  const refs: Record<string, JsonSchema> = {};
  for (const [name, route] of all) {
    for (const part of ['body', 'query', 'answer'] as const) {
      const schema = route[part];
      if (schema === undefined || (part === 'answer' && route.status === 204)) continue;
      const known = registry.get(schema)?.id;
      const id = known ?? pascal(`${name}_${part}`);
      if (known === undefined) registry.add(schema, { id });
      refs[`${name}:${part}`] = { $ref: PLACE + id };
    }
  }
  const { schemas } = z.toJSONSchema(registry, {
    io,
    unrepresentable: 'any',
    uri: (id) => PLACE + id,
    override: ({ jsonSchema }) => plain(jsonSchema, io),
  }) as { schemas: Record<string, JsonSchema> };
  for (const schema of Object.values(schemas)) {
    delete schema['$schema'];
    delete schema['$id'];
  }
  return { ...schemas, ...refs };
}

const pascal = (name: string): string =>
  name.replace(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase());

/** Leaves out what says nothing, and what would forbid an answer to grow. */
function plain(schema: JsonSchema, io: 'input' | 'output'): void {
  if (schema['format'] === 'date-time') delete schema['pattern'];
  if (schema['minimum'] === Number.MIN_SAFE_INTEGER) delete schema['minimum'];
  if (schema['maximum'] === Number.MAX_SAFE_INTEGER) delete schema['maximum'];
  if (io === 'output' && schema['additionalProperties'] === false) delete schema['additionalProperties'];
}

/** The named schemas that these refer to, directly or not. */
function referred(from: unknown, schemas: Record<string, JsonSchema>): Record<string, JsonSchema> {
  const found: Record<string, JsonSchema> = {};
  const look = (value: unknown): void => {
    for (const [, name = ''] of JSON.stringify(value).matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
      const schema = schemas[name];
      if (schema === undefined || name in found) continue;
      found[name] = schema;
      look(schema);
    }
  };
  look(from);
  return found;
}

/** A schema with everything that it refers to, so that two can be compared. */
function deep(name: string, schemas: Record<string, JsonSchema>): unknown {
  return [schemas[name], sorted(referred(schemas[name], schemas))];
}

function sorted<T>(record: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

export const listRoutes = new Set(all.flatMap(([name, route]) => (isList(route) ? [name] : [])));
