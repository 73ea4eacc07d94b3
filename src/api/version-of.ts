import type { Call } from './call.ts';
import { computedOf, passingOf } from './conventions.ts';
import { operations } from './operations.ts';
import { type RouteName, routes } from './routes.ts';

/** What an ETag is made of: the answer of a GET, asked now, and its fields that are no definition. */
export async function versionOf(
  name: RouteName,
  call: Call<RouteName>,
): Promise<[answer: unknown, computed: readonly string[], passing: readonly string[]]> {
  const read = operations[name as keyof typeof operations];
  const answer = routes[name].answer.parse(await read({ ...call, body: undefined, query: {} } as never));
  return [answer, computedOf(name), passingOf(name)];
}
