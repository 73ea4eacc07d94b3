import { notFound } from '../app/errors.ts';
import type { Actor, Deps, KeyResultRecord } from '../app/ports.ts';
import { viewKeyResults } from '../app/read-board.ts';
import { keyResultRow } from './views.ts';

/** The row of a Key Result that an operation has just changed. */
export async function rowOf(deps: Deps, actor: Actor, keyResult: KeyResultRecord) {
  const [view] = await viewKeyResults(deps, actor, [keyResult], '2000-01-01');
  if (view === undefined) throw notFound('Key Result', keyResult.id, 'It was removed meanwhile.');
  return keyResultRow(view, titleOf(deps));
}

export const titleOf =
  (deps: Deps) =>
  (id: string): string =>
    deps.connectors.find(id)?.title ?? id;
