import type { z } from 'zod';
import { ConnectorError } from './error.ts';

/**
 * An answer checked against its schema: fields we do not know pass, missing ones fail loudly.
 *
 * @throws ConnectorError `schema_drift` whose code is the pointer of the first field that does not fit; the
 *   message holds the shape and never a value
 */
export function parseAnswer<T>(provider: string, what: string, schema: z.ZodType<T>, answer: unknown): T {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  const { path, message } = deepest(parsed.error.issues[0], []);
  const pointer = `/${path.map(String).join('/')}`;
  throw driftError(provider, `${what}: ${pointer} (${message})`, pointer, parsed.error);
}

type Misfit = { path: PropertyKey[]; message: string };

/** An answer that fits no member of a union nearly fits one of them: the longest way down names the field. */
function deepest(issue: z.core.$ZodIssue | undefined, above: PropertyKey[]): Misfit {
  const path = [...above, ...(issue?.path ?? [])];
  const here = { path, message: issue?.message ?? 'does not fit' };
  if (issue?.code !== 'invalid_union') return here;
  return issue.errors
    .map((branch) => deepest(branch[0], path))
    .reduce((best, next) => (next.path.length > best.path.length ? next : best), here);
}

/** The provider sent something this version does not understand; guessing would make a wrong number. */
export function driftError(provider: string, problem: string, code: string, cause?: unknown): ConnectorError {
  const message = `${provider} changed the shape of ${problem}. The last values stay until Tidemark understands it.`;
  return new ConnectorError(message, {
    errorClass: 'schema_drift',
    code,
    remedy: { by: 'maintainer' },
    cause,
  });
}
