import { useQuery } from '@tanstack/react-query';
import type { Board } from '../../api/contract.ts';
import { hintText } from '../../i18n/hint-text.ts';
import { useLanguage } from '../language.tsx';
import { hintsQuery } from '../queries.ts';

/**
 * What could make the objectives better, folded into one line below them. Never in the way: nothing to say draws
 * nothing, and neither does a list that could not be read or a cycle that nobody can change any more.
 */
export function Hints({ cycle }: { cycle: NonNullable<Board['cycle']> }) {
  const { t } = useLanguage();
  const open = cycle.state === 'running' || cycle.state === 'upcoming';
  const { data: hints = [] } = useQuery({ ...hintsQuery(cycle.id), enabled: open });
  if (!open || hints.length === 0) return null;
  return (
    <details className="run text-muted">
      <summary>{t('web.hints', { count: hints.length })}</summary>
      <ul className="list-disc space-y-1.5 border-t border-line py-3 pr-4 pl-9 leading-relaxed">
        {hints.map((hint) => (
          <li key={`${hint.code} ${hint.objectiveKey} ${hint.keyResultKey}`}>{hintText(t, hint)}</li>
        ))}
      </ul>
    </details>
  );
}
