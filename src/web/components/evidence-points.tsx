import { useState } from 'react';
import type { Explanation } from '../../api/contract.ts';
import { noValueText } from '../definition-words.ts';
import type { Measure } from '../format.ts';
import { useLanguage } from '../language.tsx';
import { originWord } from '../origin-word.ts';

const SHOWN_AT_FIRST = 10;

export type EvidencePoint = Explanation['points'][number];

/** Points, newest first, with what each day was believed to be before. */
export function EvidencePoints({ points, measure }: { points: readonly EvidencePoint[]; measure: Measure }) {
  const { t, format } = useLanguage();
  const [all, setAll] = useState(false);
  return (
    <>
      <div className="table-frame" role="region" aria-label={t('evidence.points')} tabIndex={0}>
        <table className="data-table">
          <thead>
            <tr>
              <th scope="col">{t('column.day')}</th>
              <th scope="col" className="number">
                {t('column.value')}
              </th>
              <th scope="col">{t('web.column.state')}</th>
              <th scope="col">{t('column.origin')}</th>
              <th scope="col">{t('column.fetched')}</th>
            </tr>
          </thead>
          <tbody>
            {points.slice(0, all ? points.length : SHOWN_AT_FIRST).map((point) => (
              <tr key={point.day}>
                <th scope="row">{format.day(point.day)}</th>
                <td className="number" title={point.value ?? undefined}>
                  {point.value === null
                    ? noValueText(t, format, point.reason)
                    : format.decimal(point.value, measure)}
                  {point.numerator === null || point.denominator === null ? null : (
                    <span className="block text-xs text-muted">
                      {point.numerator} ÷ {point.denominator}
                    </span>
                  )}
                  {point.revisions.map((revision) => (
                    <span key={revision.revision} className="remark">
                      {t('web.was_until', {
                        value:
                          revision.value === null
                            ? t('label.no_value')
                            : format.decimal(revision.value, measure),
                        at: format.instant(revision.believedUntil),
                      })}
                    </span>
                  ))}
                </td>
                <td>{point.settled ? t('evidence.settled') : t('evidence.provisional')}</td>
                <td>{originWord(t, point.origin)}</td>
                <td>{format.instant(point.fetchedAt)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {all || points.length <= SHOWN_AT_FIRST ? null : (
        <button type="button" className="button mt-2" onClick={() => setAll(true)}>
          {t('web.show_all_points', { count: points.length })}
        </button>
      )}
    </>
  );
}
