import { createHash } from 'node:crypto';
import { AppError } from '../app/errors.ts';

/**
 * The version of an answer, in two parts: what somebody has defined, and everything. A change is held against the first
 * part, so that a number that moved in the meantime is no conflict; a cache against both.
 *
 * @param computed fields that change although nobody has changed a definition
 * @param passing fields that only say when it was read
 */
export function etagOf(
  answer: unknown,
  computed: readonly string[] = [],
  passing: readonly string[] = [],
): string {
  const whole = without(answer, passing);
  return `"${digest(without(whole, computed))}.${digest(whole)}"`;
}

/** Answers a cache: `If-None-Match` compares weakly (RFC 9110, 13.1.2). */
export function isUnchanged(given: string | undefined, etag: string): boolean {
  const tags = tagsIn(given).map((tag) => tag.replace(/^W\//, ''));
  return tags.includes(etag) || tags.includes('*');
}

/** Holds `If-Match` against the present version. @throws AppError 428 without one, 412 with another one */
export function requireMatch(given: string | undefined, etag: string): void {
  const tags = tagsIn(given);
  if (tags.length === 0) throw missingMatch();
  if (tags.includes('*') || tags.some((tag) => definitionOf(tag) === definitionOf(etag))) return;
  throw new AppError(
    'version_stale',
    'version_stale',
    'This was changed since you read it. Nothing was stored.',
    'Read it again, look at what is new, then send your change with its new ETag.',
    { current: etag },
  );
}

export function missingMatch(): AppError {
  return new AppError(
    'version_missing',
    'version_required',
    'This change does not say which version it is meant for.',
    'Read it first, and send its ETag as If-Match; "*" changes whatever is there.',
  );
}

function tagsIn(given: string | undefined): string[] {
  return (given ?? '')
    .split(',')
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
}

/** Of a strong tag: a weak one proves nothing here. */
const definitionOf = (tag: string): string => (tag.startsWith('"') ? (tag.split('.')[0] ?? tag) : tag);

/** Fields may lie deeper: `schedule.nextDueAt`. */
function without(answer: unknown, fields: readonly string[]): unknown {
  if (fields.length === 0 || typeof answer !== 'object' || answer === null) return answer;
  return Object.fromEntries(
    Object.entries(answer).flatMap(([field, value]) => {
      if (fields.includes(field)) return [];
      const inner = fields
        .filter((each) => each.startsWith(`${field}.`))
        .map((each) => each.slice(field.length + 1));
      return [[field, without(value, inner)]];
    }),
  );
}

function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 22);
}
