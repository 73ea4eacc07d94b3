import type { CycleView } from '../../../api/contract.ts';
import { lastDay } from '../../format.ts';
import { useLanguage } from '../../language.tsx';
import { TextField } from '../ui/fields.tsx';
import { ChoiceCards } from './choice-cards.tsx';
import type { Filled } from './new-key-result.ts';

/** How progress is expected to grow: evenly, or by days that the owner names. */
export function PaceFields(props: {
  filled: Filled;
  put: (part: Partial<Filled>) => void;
  cycle: CycleView;
  problem: string | null;
}) {
  const { cycle, filled, problem, put } = props;
  const { t } = useLanguage();
  const { pacePoints } = filled;
  const change = (index: number, part: Partial<Filled['pacePoints'][number]>) =>
    put({ pacePoints: pacePoints.map((point, at) => (at === index ? { ...point, ...part } : point)) });
  return (
    <section className="card space-y-4">
      <ChoiceCards
        legend={t('column.pace')}
        value={filled.pace}
        onChange={(pace) => put({ pace: pace === 'phased' ? 'phased' : 'linear' })}
        columns
        choices={[
          { value: 'linear', label: t('web.binding.pace.linear'), hint: t('web.binding.pace.linear_hint') },
          { value: 'phased', label: t('web.binding.pace.phased'), hint: t('web.binding.pace.phased_hint') },
        ]}
        problem={problem}
      />
      {filled.pace === 'phased' ? (
        <ul className="space-y-2">
          {pacePoints.map((point, index) => (
            <li key={index} className="flex flex-wrap items-end gap-3">
              <TextField
                label={t('web.binding.pace_day', { number: index + 1 })}
                type="date"
                value={point.day}
                min={cycle.startDay}
                max={lastDay(cycle.endDay)}
                onChange={(day) => change(index, { day })}
              />
              <TextField
                label={t('web.binding.pace_percent', { number: index + 1 })}
                inputMode="decimal"
                value={point.percent}
                onChange={(percent) => change(index, { percent })}
              />
              {pacePoints.length > 1 ? (
                <button
                  type="button"
                  className="button mb-1.5"
                  onClick={() => put({ pacePoints: pacePoints.filter((_, at) => at !== index) })}
                >
                  {t('web.binding.take_away')}
                </button>
              ) : null}
            </li>
          ))}
          <li>
            <button
              type="button"
              className="button"
              onClick={() => put({ pacePoints: [...pacePoints, { day: '', percent: '' }] })}
            >
              {t('web.binding.add_day')}
            </button>
          </li>
        </ul>
      ) : null}
    </section>
  );
}
