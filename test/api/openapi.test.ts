import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { changedBy, orderOf, UNVERSIONED } from '../../src/api/conventions.ts';
import { codesOf, openApiDocument } from '../../src/api/openapi.ts';
import { openApiFiles } from '../../src/api/openapi-files.ts';
import { operationWords } from '../../src/api/openapi-words.ts';
import { problemWords } from '../../src/api/problem-codes.ts';
import { type Route, type RouteName, routes } from '../../src/api/routes.ts';
import { projectRoot } from '../../src/project.ts';

const all = Object.entries<Route>(routes) as [RouteName, Route][];

describe('the committed document', () => {
  it('is what the schemas make, and so are client and page of problems', async () => {
    for (const [path, content] of Object.entries(await openApiFiles())) {
      const committed = readFileSync(join(projectRoot(), path), 'utf8');
      expect(committed === content, `${path} is not current: npm run openapi`).toBe(true);
    }
  });

  it('has words for every operation, and for nothing else', () => {
    expect(all.map(([name]) => name).filter((name) => operationWords[name] === undefined)).toEqual([]);
    expect(Object.keys(operationWords).filter((name) => !(name in routes))).toEqual([]);
  });

  it('refers to nothing that it does not hold', () => {
    const document = openApiDocument();
    const refs = [...JSON.stringify(document).matchAll(/"#\/components\/(\w+)\/([\w-]+)"/g)];
    expect(refs.length).toBeGreaterThan(500);
    const components = document.components as Record<string, Record<string, unknown>>;
    expect(refs.filter(([, kind = '', name = '']) => components[kind]?.[name] === undefined)).toEqual([]);
  });

  it('names only codes that have a page', () => {
    const codes = new Set(all.flatMap(([name, route]) => Object.values(codesOf(name, route)).flat()));
    expect([...codes].filter((code) => problemWords[code] === undefined)).toEqual([]);
  });
});

describe('the conventions', () => {
  it('know the version of everything that is changed or replaced, or why it has none', () => {
    const changes = all.filter(([, { method }]) => ['PATCH', 'PUT', 'DELETE'].includes(method));
    expect(changes.length).toBeGreaterThan(10);
    const unknown = changes.filter(([name]) => changedBy(name) === null && !UNVERSIONED.includes(name));
    expect(unknown.map(([name]) => name)).toEqual([]);
    for (const [name] of changes) {
      const held = changedBy(name);
      if (held !== null) expect(routes[held]?.method, `${name} is held against ${held}`).toBe('GET');
    }
  });

  it('order every list by fields that its rows have', () => {
    const { paths } = openApiDocument();
    const document = openApiDocument() as unknown as { components: { schemas: Record<string, unknown> } };
    for (const [name, route] of all) {
      const operation = paths[route.path.replace(/:(\w+)/g, '{$1}')]?.[route.method.toLowerCase()];
      const listed = JSON.stringify(operation).includes('"#/components/parameters/cursor"');
      if (!listed) continue;
      const row = rowOf(operation, document.components.schemas);
      for (const field of orderOf(name)) {
        const [first = ''] = field.replace(/^[-=]/, '').split('.');
        expect(Object.keys(row), `${name} by ${field}`).toContain(first);
      }
    }
  });
});

function rowOf(operation: unknown, schemas: Record<string, unknown>): Record<string, unknown> {
  const at = (value: unknown, ...path: string[]): unknown =>
    path.reduce<unknown>((found, part) => (found as Record<string, unknown> | undefined)?.[part], value);
  const resolve = (schema: unknown): unknown => {
    const name = at(schema, '$ref');
    return typeof name === 'string' ? resolve(schemas[name.split('/').at(-1) ?? '']) : schema;
  };
  const answer = resolve(at(operation, 'responses', '200', 'content', 'application/json', 'schema'));
  return (at(resolve(at(answer, 'properties', 'data', 'items')), 'properties') ?? {}) as Record<
    string,
    unknown
  >;
}
