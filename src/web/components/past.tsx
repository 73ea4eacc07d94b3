import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { FormEvent, ReactNode } from 'react';
import type { Board } from '../../api/contract.ts';
import type { BoardSearch } from '../board-search.ts';
import { PastClock, serverNow } from '../clock.ts';
import { useLanguage } from '../language.tsx';

/** The past day or instant in the address, on whatever page; null is now. */
export function useAsOf(): string | null {
  const { asOf } = useSearch({ strict: false });
  return asOf ?? null;
}

/** Ages inside are told from the past instant, where there is one. */
export function AtThatTime({ asOf, children }: { asOf: Board['asOf']; children: ReactNode }) {
  return <PastClock value={asOf === null ? null : new Date(asOf.at)}>{children}</PastClock>;
}

/** Says that the page is of the past, and leads back. Nothing where it is of now. */
export function PastBanner({ asOf, keyResult }: { asOf: Board['asOf']; keyResult?: string }) {
  const { t, format } = useLanguage();
  const { cycle } = useSearch({ strict: false });
  if (asOf === null) return null;
  const at = format.instant(asOf.at);
  const now = cycle === undefined ? {} : { cycle };
  return (
    <section
      role="status"
      className="mt-2 mb-4 flex flex-wrap items-start gap-x-4 gap-y-2 rounded-lg border border-line-strong bg-calm-soft px-3.5 py-2.5 text-[13px] leading-relaxed text-calm"
    >
      <div className="min-w-0 flex-1 basis-72 break-words">
        <h2 className="text-[15px] font-semibold">
          {t('past.banner', { day: asOf.day === null ? at : format.day(asOf.day) })}
        </h2>
        <p>{t('past.detail', { at })}</p>
        {asOf.partly.length === 0 ? null : (
          <p>{t('past.partly', { count: asOf.partly.length, keys: asOf.partly.join(', ') })}</p>
        )}
      </div>
      {keyResult === undefined ? (
        <Link to="/" search={now} className="button">
          {t('past.back')}
        </Link>
      ) : (
        <Link to="/key-results/$key" params={{ key: keyResult }} className="button">
          {t('past.back')}
        </Link>
      )}
    </section>
  );
}

/** Chooses a past day. Each choice is an address of its own, so that the back button undoes it. */
export function PastPicker({ search }: { search: BoardSearch }) {
  const { t } = useLanguage();
  const navigate = useNavigate();
  const chosen = /^\d{4}-\d{2}-\d{2}$/.test(search.asOf ?? '') ? search.asOf : '';
  const show = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const day = new FormData(event.currentTarget).get('asOf');
    if (typeof day === 'string' && day !== '') void navigate({ to: '/', search: { ...search, asOf: day } });
  };
  return (
    <form onSubmit={show} className="flex flex-wrap items-center gap-2 text-[13px] text-muted">
      <label htmlFor="as-of">{t('past.pick_short')}</label>
      <input
        // Another address is another day, also when it was not chosen here.
        key={search.asOf ?? ''}
        id="as-of"
        name="asOf"
        type="date"
        required
        defaultValue={chosen}
        max={serverNow().toISOString().slice(0, 10)}
        aria-label={t('past.pick')}
        className="min-h-7 rounded-lg border border-line-strong bg-surface px-2 text-ink"
      />
      <button type="submit" className="button">
        {t('past.show')}
      </button>
    </form>
  );
}
