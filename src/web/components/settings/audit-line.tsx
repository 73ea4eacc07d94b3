import type { Answer } from '../../../api/client-types.ts';
import { useLanguage } from '../../language.tsx';
import { type Detail, detailRows } from './audit-details.ts';

/** The rest is a click away: fifty lines are to be read at a glance. */
const SHOWN = 3;

export type AuditLine = Answer<'listAuditLog'>['data'][number];

/** Who did what to which object, when; and what it was before. */
export function AuditEntry({ line }: { line: AuditLine }) {
  const { t, format } = useLanguage();
  const action = `web.audit.action.${line.action}`;
  const type = `web.audit.type.${line.objectType}`;
  const rows = detailRows(line.details);
  return (
    <li className="px-4 py-3 sm:px-5">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5">
        <p className="min-w-0 font-medium break-words">{line.actor}</p>
        <p className="min-w-0 break-words">
          {t('web.audit.did', {
            // A newer server may do things that this page has no word for.
            action: t.knows(action) ? t(action) : line.action,
            object: t.knows(type) ? t(type) : line.objectType,
          })}
        </p>
        <time dateTime={line.at} className="ml-auto text-[13px] text-muted tabular-nums" title={line.at}>
          {format.instant(line.at)}
        </time>
      </div>
      <p data-object={line.objectId} className="font-mono text-[12px] break-all text-muted">
        {line.objectId}
      </p>
      <Details rows={rows.slice(0, SHOWN)} />
      {rows.length <= SHOWN ? null : (
        <details className="text-[13px]">
          <summary className="cursor-pointer py-0.5 text-muted">
            {t('web.audit.more', { count: rows.length - SHOWN })}
          </summary>
          <Details rows={rows.slice(SHOWN)} />
        </details>
      )}
    </li>
  );
}

function Details({ rows }: { rows: readonly Detail[] }) {
  const { t } = useLanguage();
  if (rows.length === 0) return null;
  return (
    <dl className="mt-1 space-y-0.5 text-[13px]">
      {rows.map(({ after, before, name }) => (
        <div key={name} className="flex flex-wrap gap-x-2">
          <dt className="font-mono text-[12px] leading-5 text-muted">
            {name === '' ? t('web.audit.change') : name}
          </dt>
          <dd className="min-w-0 break-words">
            {before === null ? null : (
              <>
                <del className="text-muted decoration-1">{before}</del>
                <span aria-hidden="true"> → </span>
              </>
            )}
            <span>{after ?? '–'}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
