import { type KeyboardEvent, type MouseEvent, type PointerEvent, useRef, useState } from 'react';
import type { KeyResultDetail } from '../../api/contract.ts';
import type { Landmark } from '../../chart/render-chart.ts';
import { renderChart } from '../../chart/render-chart.ts';
import { type ChartDay, chartInput } from '../chart-model.ts';
import { useLanguage } from '../language.tsx';
import { useWidth } from '../use-width.ts';
import { DayReadout, dayInWords, markWords } from './day-readout.tsx';
import { SceneView } from './scene-view.tsx';

const HEIGHT_PX = 280;

/**
 * The drawing, and a slider over it that reads it day by day: by pointer, by touch, or by the arrow keys. What it
 * stands on is written above the drawing, where nothing is covered and nothing jumps.
 */
export function ChartReader(props: {
  detail: KeyResultDetail;
  days: readonly ChartDay[];
  /** Somebody wants to know where the value of a day comes from. */
  onAsk: (day: string) => void;
}) {
  const { days, detail, onAsk } = props;
  const { t, format } = useLanguage();
  const place = useRef<HTMLDivElement>(null);
  const width = useWidth(place);
  const [chosen, setChosen] = useState<number | null>(null);
  const measure = { unit: detail.unit, currency: detail.currency };
  const resting = days.findLastIndex((day) => day.value !== null);
  const index = chosen !== null && chosen < days.length ? chosen : resting;
  const day = days[index];

  const scene =
    width === 0
      ? null
      : renderChart(chartInput(detail, days, markWords(t, format, detail)), {
          width,
          height: HEIGHT_PX,
          formatValue: (value) => format.axis(value, measure),
          formatDay: (text) => format.shortDay(text),
          words: {
            target: detail.goal.kind === 'guardrail' ? t('web.limit') : t('column.target'),
            now:
              detail.asOf === null
                ? t('chart.today')
                : t('status.as_of', { day: format.shortDay(detail.today) }),
            forecast: t('web.kr.cone'),
          },
        });

  const point = (event: PointerEvent<HTMLDivElement>) => {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left;
    if (scene !== null) setChosen(nearest(scene.landmarks, x));
  };
  const ask = (at: ChartDay | undefined) => {
    if (at !== undefined && at.day <= detail.today) onAsk(at.day);
  };
  const click = (event: MouseEvent<HTMLDivElement>) => {
    // A finger reads by touching; it asks by the button above.
    const byMouse = (event.nativeEvent as globalThis.PointerEvent).pointerType !== 'touch';
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left;
    const at = scene === null ? null : nearest(scene.landmarks, x);
    if (byMouse && at !== null) ask(days[at]);
  };
  const key = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.key === 'Enter') return ask(day);
    const next = stepTo(event.key, index, days.length);
    if (next === null) return;
    event.preventDefault();
    setChosen(next);
  };
  const landmark = chosen === null ? undefined : scene?.landmarks[index];

  return (
    <figure className="mt-3">
      <figcaption className="flex min-h-11 flex-wrap items-start gap-x-4 gap-y-1 text-[13px] sm:min-h-7">
        {day === undefined ? null : (
          <>
            <DayReadout detail={detail} day={day} />
            {day.day > detail.today ? null : (
              <button type="button" className="link ml-auto min-h-6 shrink-0" onClick={() => ask(day)}>
                {t('web.kr.why_day')}
              </button>
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
        aria-valuetext={day === undefined ? t('state.no_points') : dayInWords(t, format, detail, day)}
        onPointerMove={point}
        onPointerDown={point}
        onPointerLeave={(event) => {
          if (event.pointerType === 'mouse') setChosen(null);
        }}
        onClick={click}
        onKeyDown={key}
        className="relative mt-1 cursor-crosshair touch-pan-y overflow-hidden rounded-md"
        style={{ height: `${HEIGHT_PX}px` }}
      >
        {scene === null ? null : (
          <>
            <SceneView scene={scene} />
            {landmark === undefined ? null : (
              <Cursor landmark={landmark} top={scene.plot.top} bottom={scene.plot.bottom} />
            )}
          </>
        )}
      </div>
    </figure>
  );
}

function Cursor({ landmark, top, bottom }: { landmark: Landmark; top: number; bottom: number }) {
  return (
    <svg aria-hidden="true" className="pointer-events-none absolute inset-0 size-full overflow-visible">
      <line className="chart-cursor" x1={landmark.x} x2={landmark.x} y1={top} y2={bottom} />
      {landmark.y === null ? null : (
        <circle className="chart-cursor-dot" cx={landmark.x} cy={landmark.y} r="4" />
      )}
    </svg>
  );
}

function nearest(landmarks: readonly Landmark[], x: number): number | null {
  let best: Landmark | null = null;
  for (const landmark of landmarks)
    if (best === null || Math.abs(landmark.x - x) < Math.abs(best.x - x)) best = landmark;
  return best?.index ?? null;
}

/** The keys of a slider; null for any other key. A page is a week. */
function stepTo(key: string, index: number, count: number): number | null {
  const steps: Record<string, number> = {
    ArrowLeft: index - 1,
    ArrowDown: index - 1,
    ArrowRight: index + 1,
    ArrowUp: index + 1,
    PageDown: index - 7,
    PageUp: index + 7,
    Home: 0,
    End: count - 1,
  };
  const to = steps[key];
  return to === undefined || count === 0 ? null : Math.min(count - 1, Math.max(0, to));
}
