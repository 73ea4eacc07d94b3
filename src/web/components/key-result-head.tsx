import { Link } from '@tanstack/react-router';
import type { KeyResultDetail } from '../../api/contract.ts';
import { titleIn } from '../../i18n/index.ts';
import { useLanguage } from '../language.tsx';
import { BackIcon } from './icons.tsx';
import { KeyResultActions } from './key-result-actions.tsx';
import { useAsOf } from './past.tsx';
import { OwnerAndSource } from './source-label.tsx';

export function BackToBoard() {
  const { t } = useLanguage();
  const asOf = useAsOf();
  return (
    <Link
      to="/"
      search={asOf === null ? {} : { asOf }}
      className="-ml-1 inline-flex min-h-6 items-center gap-1 rounded-md px-1 text-[13px] text-muted hover:text-ink"
    >
      <BackIcon />
      {t('page.back_to_board')}
    </Link>
  );
}

export function KeyResultHead({ detail }: { detail: KeyResultDetail }) {
  const { t } = useLanguage();
  const { objectiveTitle: title, objectiveTitles: titles } = detail;
  return (
    <header className="mt-3 mb-5">
      <p className="text-[13px] break-words text-muted">{titleIn(t.lang, { title, titles })}</p>
      <h1 className="text-xl leading-snug font-semibold tracking-tight text-balance break-words">
        {titleIn(t.lang, detail)}
      </h1>
      <OwnerAndSource row={detail} />
      {detail.description === '' ? null : (
        <p className="mt-2 max-w-3xl leading-relaxed whitespace-pre-line">{detail.description}</p>
      )}
      <KeyResultActions detail={detail} />
    </header>
  );
}
