import { AppError } from '../app/errors.ts';

/** As the triggers that count say it (`prisma/migrations/20261126200000_resources`); Prisma tells it with words around it. */
const REFUSAL = /limit reached: (\w+) (\d+)/;

const words: Record<string, { many: string; fix: string }> = {
  connection: {
    many: 'connections',
    fix: 'Archive one that nobody needs: `tidemark connection archive KEY`.',
  },
  key_result: { many: 'Key Results', fix: 'Archive some that are over: `tidemark kr archive KEY`.' },
  channel: { many: 'channels', fix: 'Archive one that nobody reads: `tidemark channel archive KEY`.' },
  alert_rule: {
    many: 'alert rules for one scope',
    fix: 'Archive one that nobody needs: `tidemark rule archive ID`.',
  },
};

/** The sentence for a count that the database has refused; null when it is something else. */
export function limitReached(error: unknown): AppError | null {
  const found = error instanceof Error ? REFUSAL.exec(error.message) : null;
  if (found === null) return null;
  const [, thing = '', allowed = ''] = found;
  const { fix, many } = words[thing] ?? { many: thing, fix: 'Archive what nobody needs.' };
  const said = Number(allowed).toLocaleString('en');
  return new AppError(
    'conflict',
    'limit_reached',
    `A workspace can have ${said} ${many}, and this one has as many. Nothing was stored.`,
    fix,
  );
}
