import type { Translate } from '../i18n/index.ts';

const origins = ['auto', 'manual', 'backfill', 'override', 'import', 'push'] as const;

/** How a point came to be. An origin that a newer server invented is shown by its code. */
export function originWord(t: Translate, origin: string | null): string {
  const known = origins.find((word) => word === origin);
  return known === undefined ? (origin ?? '') : t(`origin.${known}`);
}
