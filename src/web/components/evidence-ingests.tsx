import type { Explanation } from '../../api/contract.ts';
import type { Translate } from '../../i18n/index.ts';
import { useLanguage } from '../language.tsx';
import { Digest } from './evidence-parts.tsx';

/** What people or programs brought: who, what, when, and how much of it. */
export function EvidenceIngests({ ingests }: { ingests: Explanation['ingests'] }) {
  const { t, format } = useLanguage();
  return (
    <>
      <h3 className="step">{t('definition.brought')}</h3>
      <ul className="space-y-2">
        {ingests.map(({ actor, digest, id, note, receivedAt, rows, via, format: written }) => (
          <li key={id} className="rounded-lg bg-sunken px-3 py-2.5 text-[13px]">
            <p className="flex flex-wrap items-baseline gap-x-3">
              <span className="font-medium break-words">{actor}</span>
              <span className="text-muted tabular-nums">
                {viaWord(t, via)}
                {via === 'check_in' ? null : ` (${written})`} · {t('web.ingest_rows', { rows })} ·{' '}
                {format.instant(receivedAt)}
              </span>
            </p>
            {note === null ? null : <p className="mt-1 break-words whitespace-pre-line">{note}</p>}
            <p className="mt-1 text-muted">
              <Digest text={digest} />
            </p>
          </li>
        ))}
      </ul>
    </>
  );
}

/** A way that a newer server invented is shown by its code. */
function viaWord(t: Translate, via: string): string {
  const key = `web.via.${via}`;
  return t.knows(key) ? t(key) : via;
}
