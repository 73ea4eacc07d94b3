import type { Measure } from '../../format.ts';
import { useLanguage } from '../../language.tsx';
import { CheckField, SelectField, TextArea, TextField } from '../ui/fields.tsx';
import { AmountField } from './amount-field.tsx';
import { ChoiceCards } from './choice-cards.tsx';
import { type Filled, units } from './new-key-result.ts';

type Props = {
  filled: Filled;
  put: (part: Partial<Filled>) => void;
  measure: Measure;
  problem: (field: keyof Filled, pointer?: string) => string | null;
};

/** What belongs to the kind of promise that was chosen, and nothing else. */
export function GoalFields(props: Props) {
  const { filled, put, problem } = props;
  const { t } = useLanguage();
  const { kind } = filled;
  if (kind === 'steps')
    return (
      <TextArea
        label={t('web.binding.steps')}
        hint={t('web.binding.steps_hint')}
        value={filled.steps}
        onChange={(steps) => put({ steps })}
        problem={problem('steps', '/goal/steps')}
        rows={5}
      />
    );
  return (
    <div className="grid items-start gap-4 sm:grid-cols-2 lg:grid-cols-3">
      <UnitFields {...props} />
      {kind === 'recurring' ? <RhythmFields {...props} /> : null}
      {kind === 'stay' ? <BoundFields {...props} /> : null}
      {kind === 'reach' || kind === 'accumulate' ? (
        <AmountField
          label={t('column.target')}
          measure={props.measure}
          value={filled.to}
          onChange={(to) => put({ to })}
          problem={problem('to', '/goal/targetValue')}
          required
        />
      ) : null}
      {kind === 'change' ? <ChangeFields {...props} /> : null}
      {kind === 'reach' || kind === 'change' ? <StartFields {...props} /> : null}
    </div>
  );
}

function UnitFields({ filled, problem, put }: Props) {
  const { t } = useLanguage();
  return (
    <>
      <SelectField
        label={t('web.binding.unit')}
        value={filled.unit}
        onChange={(unit) => put({ unit: units.find((each) => each === unit) ?? 'count' })}
        choices={units.map((unit) => ({ value: unit, label: t(`web.binding.unit.${unit}`) }))}
        problem={problem('unit', '/unit')}
      />
      {filled.unit === 'money' ? (
        <TextField
          label={t('web.binding.currency')}
          value={filled.currency}
          onChange={(currency) => put({ currency })}
          problem={problem('currency')}
        />
      ) : null}
      {filled.unit === 'custom' ? (
        <TextField
          label={t('web.binding.custom_unit')}
          value={filled.customUnit}
          onChange={(customUnit) => put({ customUnit })}
          problem={problem('customUnit', '/unit')}
        />
      ) : null}
    </>
  );
}

function ChangeFields({ filled, problem, put }: Props) {
  const { t } = useLanguage();
  return (
    <>
      <TextField
        label={t('web.binding.percent')}
        value={filled.percent}
        onChange={(percent) => put({ percent })}
        inputMode="decimal"
        hint={t('web.binding.percent_hint')}
        problem={problem('percent', '/goal/percent')}
        required
      />
      {filled.unit === 'ratio' ? (
        <CheckField
          label={t('web.binding.in_points')}
          hint={t('web.binding.in_points_hint')}
          checked={filled.points}
          onChange={(points) => put({ points })}
        />
      ) : null}
    </>
  );
}

function StartFields({ filled, measure, problem, put }: Props) {
  const { t } = useLanguage();
  return (
    <>
      <div className="sm:col-span-2 lg:col-span-3">
        <ChoiceCards
          legend={t('column.start')}
          value={filled.start}
          onChange={(start) => put({ start: start === 'known' ? 'known' : 'captured' })}
          columns
          choices={[
            {
              value: 'captured',
              label: t('web.binding.start_captured'),
              hint: t('web.binding.start_captured_hint'),
            },
            { value: 'known', label: t('web.binding.start_known') },
          ]}
        />
      </div>
      {filled.start === 'known' ? (
        <AmountField
          label={t('chart.start_value')}
          measure={measure}
          value={filled.from}
          onChange={(from) => put({ from })}
          problem={problem('from', filled.kind === 'reach' ? '/goal/startValue' : '/goal/baselineValue')}
          required
        />
      ) : null}
      <SelectField
        label={t('web.binding.compare')}
        hint={t('web.binding.compare_hint')}
        value={filled.compare === 'trailing' ? `trailing ${filled.trailingDays}` : filled.compare}
        onChange={(choice) => put(comparisonOf(choice))}
        choices={[
          { value: 'latest', label: t('web.binding.compare.latest') },
          ...[7, 28, 91].map((days) => ({
            value: `trailing ${days}`,
            label: t('web.binding.compare.trailing', { days }),
          })),
          { value: 'last_complete_month', label: t('web.binding.compare.last_complete_month') },
          { value: 'mean', label: t('web.binding.compare.mean') },
        ]}
        problem={problem('compare', '/aggregate')}
      />
    </>
  );
}

function comparisonOf(choice: string): Pick<Filled, 'compare' | 'trailingDays'> {
  const [word, days = '28'] = choice.split(' ');
  if (word === 'trailing') return { compare: 'trailing', trailingDays: days };
  return {
    compare: word === 'last_complete_month' || word === 'mean' ? word : 'latest',
    trailingDays: '28',
  };
}

function BoundFields({ filled, measure, problem, put }: Props) {
  const { t } = useLanguage();
  const { operator } = filled;
  const operators = ['at_least', 'at_most', 'between'] as const;
  return (
    <>
      <SelectField
        label={t('web.binding.stay')}
        value={operator}
        onChange={(chosen) => put({ operator: operators.find((each) => each === chosen) ?? 'at_least' })}
        choices={operators.map((each) => ({ value: each, label: t(`web.binding.stay.${each}`) }))}
      />
      {operator === 'at_most' ? null : (
        <AmountField
          label={t('web.binding.lower')}
          measure={measure}
          value={filled.lower}
          onChange={(lower) => put({ lower })}
          problem={problem('lower', '/goal/lower')}
          required
        />
      )}
      {operator === 'at_least' ? null : (
        <AmountField
          label={t('web.binding.upper')}
          measure={measure}
          value={filled.upper}
          onChange={(upper) => put({ upper })}
          problem={problem('upper', '/goal/upper')}
          required
        />
      )}
    </>
  );
}

function RhythmFields({ filled, problem, put }: Props) {
  const { t } = useLanguage();
  const periods = ['day', 'week', 'month'] as const;
  return (
    <>
      <TextField
        label={t('web.binding.per_period')}
        value={filled.perPeriod}
        onChange={(perPeriod) => put({ perPeriod })}
        inputMode="numeric"
        problem={problem('perPeriod', '/goal/perPeriod')}
        required
      />
      <SelectField
        label={t('web.binding.period')}
        value={filled.periodUnit}
        onChange={(unit) => put({ periodUnit: periods.find((each) => each === unit) ?? 'week' })}
        choices={periods.map((each) => ({ value: each, label: t(`web.binding.period.${each}`) }))}
      />
      <TextField
        label={t('web.binding.periods')}
        value={filled.periods}
        onChange={(count) => put({ periods: count })}
        inputMode="numeric"
        problem={problem('periods', '/goal/periods')}
        required
      />
    </>
  );
}
