import { useQuery } from '@tanstack/react-query';
import type { Body } from '../../../api/client-types.ts';
import { call } from '../../api.ts';
import type { Detail } from '../../binding-queries.ts';
import { metricsQuery } from '../../connection-queries.ts';
import { useDraft } from '../../draft-store.ts';
import { useLanguage } from '../../language.tsx';
import { newKey } from '../../new-key.ts';
import { useChange } from '../../use-change.ts';
import { FormProblem } from '../form.tsx';
import { fieldProblem, TextArea, TextField } from '../ui/fields.tsx';
import type { Place } from './bind-place.ts';
import { ChoiceCards } from './choice-cards.tsx';

type Values = {
  title: string;
  kind: 'flow' | 'stock';
  csv: string;
  formula: string;
  unit: string;
  /** Made by an attempt whose file was refused: the next one goes on with it. */
  made: string | null;
};

/** A number of one's own: pasted, sent by a program, or computed from others. It is saved first, so that it can be looked at. */
export function OwnNumber({ detail, place }: { detail: Detail; place: Place }) {
  const { t } = useLanguage();
  const way = place.way === 'csv' || place.way === 'formula' ? place.way : 'push';
  const counted = detail.goal.kind === 'accumulate' || detail.goal.kind === 'recurring';
  const [values, change, forget] = useDraft<Values>(`bind.${detail.key}.${way}`, {
    title: detail.title,
    kind: counted ? 'flow' : 'stock',
    csv: '',
    formula: '',
    unit: '',
    made: null,
  });
  const put = (part: Partial<Values>) => change((before) => ({ ...before, ...part }));
  const metrics = useQuery(metricsQuery);
  const save = useChange(
    async () => {
      const taken = (metrics.data ?? []).map(({ key }) => key);
      const key = values.made ?? newKey(values.title, 'metric', taken);
      if (way === 'formula') return (await call('createFormula', { body: formulaOf(key, values) })).key;
      if (values.made === null) {
        const kind = detail.unit === 'ratio' ? 'ratio' : values.kind;
        const { currency, unit } = detail;
        await call('createValuesMetric', { body: { key, title: values.title, kind, unit, currency } });
        put({ made: key });
      }
      if (way === 'csv') {
        const text = values.csv.endsWith('\n') ? values.csv : `${values.csv}\n`;
        await call('uploadValues', { params: { id: key }, body: { format: 'csv', text } });
      }
      return key;
    },
    (key) => {
      forget();
      place.go({ metric: key, step: 'preview' });
    },
  );
  const { error } = save;
  return (
    <form
      className="card max-w-3xl space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        void save.run(undefined);
      }}
    >
      <h2 className="font-semibold">{t(`web.binding.way.${way}`)}</h2>
      <TextField
        label={t('web.binding.number_title')}
        value={values.title}
        onChange={(title) => put({ title })}
        problem={fieldProblem(error, '/title') ?? fieldProblem(error, '/key')}
        required
      />
      {way === 'formula' ? (
        <FormulaFields
          values={values}
          put={put}
          error={error}
          names={(metrics.data ?? []).map(({ key }) => key)}
        />
      ) : detail.unit === 'ratio' || counted ? null : (
        <ChoiceCards
          legend={t('web.binding.each_value')}
          value={values.kind}
          onChange={(kind) => put({ kind: kind === 'flow' ? 'flow' : 'stock' })}
          columns
          choices={[
            { value: 'stock', label: t('web.binding.each_stock'), hint: t('web.binding.each_stock_hint') },
            { value: 'flow', label: t('web.binding.each_flow'), hint: t('web.binding.each_flow_hint') },
          ]}
        />
      )}
      {way === 'csv' ? (
        <TextArea
          label={t('web.binding.csv')}
          hint={t('web.binding.csv_hint')}
          value={values.csv}
          onChange={(csv) => put({ csv })}
          placeholder={'day,value\n2026-01-05,120\n2026-01-06,124'}
          rows={9}
          mono
          required
          problem={fieldProblem(error, '/lines') ?? fieldProblem(error, '/text')}
        />
      ) : null}
      <FormProblem error={error} />
      <button type="submit" className="button button-main" disabled={save.busy}>
        {save.busy
          ? t('web.saving')
          : t(way === 'push' ? 'web.binding.make_number' : 'web.binding.show_number')}
      </button>
    </form>
  );
}

function FormulaFields(props: {
  values: Values;
  put: (part: Partial<Values>) => void;
  error: unknown;
  names: readonly string[];
}) {
  const { error, names, put, values } = props;
  const { t } = useLanguage();
  return (
    <>
      <TextArea
        label={t('source.formula')}
        hint={t('web.binding.formula_hint')}
        value={values.formula}
        onChange={(formula) => put({ formula })}
        rows={3}
        mono
        required
        problem={fieldProblem(error, '/formula')}
      />
      <TextField
        label={t('web.binding.formula_unit')}
        hint={t('web.binding.formula_unit_hint')}
        value={values.unit}
        onChange={(unit) => put({ unit })}
        problem={fieldProblem(error, '/unit')}
      />
      <div>
        <p className="text-[13px] font-medium">{t('web.binding.formula_names')}</p>
        <ul className="mt-1 flex max-h-40 flex-wrap gap-1.5 overflow-y-auto">
          {names.map((name) => (
            <li key={name}>
              <button
                type="button"
                className="button font-mono"
                onClick={() =>
                  put({ formula: `${values.formula}${values.formula === '' ? '' : ' '}\`${name}\`` })
                }
              >
                {name}
              </button>
            </li>
          ))}
        </ul>
      </div>
    </>
  );
}

function formulaOf(key: string, { formula, title, unit }: Values): Body<'createFormula'> {
  const own = unit.trim();
  return { key, title, formula, ...(own === '' ? {} : { unit: own }) };
}
