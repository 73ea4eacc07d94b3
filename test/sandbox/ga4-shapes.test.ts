import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Activity } from '../../sandbox/model/activity.ts';
import { type Bench, berlin, event, openBench, PROPERTY, token, visit } from './ga4-support.ts';

// The requests of the written answers, asked of a property in which something happened on each of their days: what
// comes back has no field that those answers do not know, and every field has their type.
const folder = new URL('../fixtures/ga4/made/', import.meta.url);
type Made = { method: string; path: string; request?: object; response: Record<string, unknown> };
const files = readdirSync(folder).filter((name) => name !== 'errors.json');
const made = files.map((file) => ({
  file,
  // The fixtures are ours and have this form.
  ...(JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Made),
}));

const dayBefore = (back: number) => berlin('2026-03-10T10:00') - back * 86_400;
const ACTIVITY: Activity[] = Array.from({ length: 40 }, (_, back) => {
  const at = dayBefore(back);
  const session = visit(`s${back}`, `d${back}`, at, { newDevice: true, engagedSeconds: 30 });
  const names = ['Page Viewed', 'Sign Up', 'create_project', 'invite_teammate', 'Subscription Started'];
  const properties = { value: 5.5, currency: 'USD', item_name: 'A' };
  const given = (index: number) => ({ at: at + index, seenAt: at + index, properties });
  return [session, ...names.map((name, index) => event(`e${back}-${index}`, name, session, given(index)))];
}).flat();

let bench: Bench;
beforeAll(async () => {
  bench = await openBench(ACTIVITY);
});
afterAll(() => bench.close());

/** Every path through an answer with the type at its end; the items of a list share one path. */
function pathsOf(value: unknown, at = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((inner) => pathsOf(inner, `${at}[]`));
  if (typeof value !== 'object' || value === null)
    return [`${at}: ${value === null ? 'null' : typeof value}`];
  return Object.entries(value).flatMap(([name, inner]) => pathsOf(inner, `${at}.${name}`));
}

/** A name is described in the same way wherever it is. */
const common = (path: string) =>
  path.replace(/^\.(dimension|metric)Compatibilities\[\]\.\w+Metadata/, (_, kind: string) => `.${kind}s[]`);

// All that the written answers say anywhere, whichever of them: an answer may have a flag that its example lacks.
const known = new Set(made.flatMap(({ response }) => pathsOf(response)).map(common));

it.each(made)('answers in the shape of $file', async ({ method, path, request, response }) => {
  const url = `${bench.url}${path.replace('properties/987654321', PROPERTY)}`;
  const answer = await fetch(url, {
    method,
    headers: { authorization: `Bearer ${token()}` },
    ...(request === undefined ? {} : { body: JSON.stringify(request) }),
  });
  const body = (await answer.json()) as Record<string, unknown>;
  expect({ status: answer.status, body }).toMatchObject({ status: 200 });
  expect([...new Set(pathsOf(body).map(common))].filter((one) => !known.has(one))).toEqual([]);
  const always = Object.keys(response).filter((name) => !['rows', 'rowCount'].includes(name));
  expect(Object.keys(body)).toEqual(expect.arrayContaining(always));
});
