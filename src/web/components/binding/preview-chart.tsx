import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import { renderChart } from '../../../chart/render-chart.ts';
import type { BindingPreview } from '../../binding-queries.ts';
import type { Format, Measure } from '../../format.ts';
import { useLanguage } from '../../language.tsx';
import { type PreviewDay, previewChart, previewDays } from '../../preview-chart.ts';
import { useWidth } from '../../use-width.ts';
import { SceneView } from '../scene-view.tsx';

const HEIGHT_PX = 240;

/** The period before and the cycle as one drawing that is read day by day, as a sentence, and as a table. */
export function PreviewChart({ preview }: { preview: BindingPreview }) {
  const { t, format } = useLanguage();
  const [table, setTable] = useState(false);
  const days = previewDays(preview);
  const measured = days.filter(({ value }) => value !== null);
  const [first, last] = [measured[0], measured.at(-1)];
  const { metric } = preview;
  return (
    <section className="card" aria-labelledby="preview-history">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 id="preview-history" className="font-semibold">
          {t('page.history')}
        </h2>
        {measured.length === 0 ? null : (
          <button type="button" className="button" onClick={() => setTable(!table)}>
            {table ? t('chart.chart_view') : t('web.view_as_table')}
          </button>
        )}
      </div>
      {first === undefined || last === undefined ? (
        <p className="mt-2 text-[14px] text-muted">{t('web.binding.no_history')}</p>
      ) : (
        <p className="mt-1 text-[13px] leading-relaxed text-muted">
          {t('web.binding.chart_summary', {
            first: format.full(first.value, metric),
            firstDay: format.day(first.day),
            last: format.full(last.value, metric),
            lastDay: format.day(last.day),
            points: measured.length,
          })}
        </p>
      )}
      {first === undefined ? null : table ? (
        <DayTable days={days} measure={metric} />
      ) : (
        <Reader preview={preview} days={days} />
      )}
    </section>
  );
}

function dayText(format: Format, day: PreviewDay, measure: Measure): string {
  return `${format.day(day.day)}: ${format.full(day.value, measure)}`;
}

function Reader({ days, preview }: { preview: BindingPreview; days: readonly PreviewDay[] }) {
  const { t, format } = useLanguage();
  const place = useRef<HTMLDivElement>(null);
  const width = useWidth(place);
  const [chosen, setChosen] = useState<number | null>(null);
  const { metric } = preview;
  const resting = days.findLastIndex(({ value }) => value !== null);
  const index = Math.min(chosen ?? resting, days.length - 1);
  const day = days[index];
  const guardrail = preview.standing?.goal.kind === 'guardrail';
  const scene =
    width === 0
      ? null
      : renderChart(
          previewChart(preview, days, {
            fired: t('picture.alert_fired'),
            recovered: t('picture.alert_recovered'),
          }),
          {
            width,
            height: HEIGHT_PX,
            formatValue: (value) => format.axis(value, metric),
            formatDay: (text) => format.shortDay(text),
            words: { target: guardrail ? t('web.limit') : t('column.target'), now: t('chart.today') },
          },
        );
  const point = (event: PointerEvent<HTMLDivElement>) => {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left;
    const near = scene?.landmarks.reduce<{ index: number; x: number } | null>(
      (best, mark) => (best === null || Math.abs(mark.x - x) < Math.abs(best.x - x) ? mark : best),
      null,
    );
    if (near !== null && near !== undefined) setChosen(near.index);
  };
  const key = (event: KeyboardEvent<HTMLDivElement>) => {
    const moves: Record<string, number> = {
      ArrowLeft: index - 1,
      ArrowDown: index - 1,
      ArrowRight: index + 1,
      ArrowUp: index + 1,
      PageDown: index - 7,
      PageUp: index + 7,
      Home: 0,
      End: days.length - 1,
    };
    const to = moves[event.key];
    if (to === undefined) return;
    event.preventDefault();
    setChosen(Math.min(days.length - 1, Math.max(0, to)));
  };
  const mark = chosen === null ? undefined : scene?.landmarks[index];
  return (
    <figure className="mt-2">
      <figcaption className="min-h-6 text-[13px] tabular-nums">
        {day === undefined ? null : (
          <>
            <span className="font-medium">{dayText(format, day, metric)}</span>
            {day.expected === null ? null : (
              <span className="text-muted">
                {' '}
                · {t('column.expected')} {format.short(day.expected, metric)}
              </span>
            )}
          </>
        )}
      </figcaption>
      <div
        ref={place}
        role="slider"
        tabIndex={days.length === 0 ? -1 : 0}
        aria-label={t('web.chart_reader')}
        aria-valuemin={0}
        aria-valuemax={Math.max(0, days.length - 1)}
        aria-valuenow={Math.max(0, index)}
        aria-valuetext={day === undefined ? t('web.binding.no_history') : dayText(format, day, metric)}
        onPointerMove={point}
        onPointerDown={point}
        onPointerLeave={() => setChosen(null)}
        onKeyDown={key}
        className="relative mt-1 cursor-crosshair touch-pan-y overflow-hidden rounded-md"
        style={{ height: `${HEIGHT_PX}px` }}
      >
        {scene === null ? null : (
          <>
            <SceneView scene={scene} />
            {mark === undefined ? null : (
              <svg aria-hidden="true" className="pointer-events-none absolute inset-0 size-full">
                <line
                  className="chart-cursor"
                  x1={mark.x}
                  x2={mark.x}
                  y1={scene.plot.top}
                  y2={scene.plot.bottom}
                />
                {mark.y === null ? null : (
                  <circle className="chart-cursor-dot" cx={mark.x} cy={mark.y} r="4" />
                )}
              </svg>
            )}
          </>
        )}
      </div>
    </figure>
  );
}

/** Newest first. */
export function DayTable(props: {
  days: readonly { day: string; value: number | null; settled: boolean; expected?: number | null }[];
  measure: Measure;
}) {
  const { days, measure } = props;
  const { t, format } = useLanguage();
  const withExpected = days.some(({ expected }) => expected !== null && expected !== undefined);
  const shown = days.filter(({ value }) => value !== null).toReversed();
  return (
    <div
      className="table-frame mt-3 max-h-[28rem]"
      role="region"
      aria-label={t('web.view_as_table')}
      tabIndex={0}
    >
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col">{t('column.day')}</th>
            <th scope="col" className="number">
              {t('column.value')}
            </th>
            {withExpected ? (
              <th scope="col" className="number">
                {t('column.expected')}
              </th>
            ) : null}
            <th scope="col">{t('web.column.state')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ day, expected = null, settled, value }) => (
            <tr key={day}>
              <th scope="row">{format.day(day)}</th>
              <td className="number">{format.full(value, measure)}</td>
              {withExpected ? (
                <td className="number">{expected === null ? '' : format.short(expected, measure)}</td>
              ) : null}
              <td>{t(settled ? 'evidence.settled' : 'evidence.provisional')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
