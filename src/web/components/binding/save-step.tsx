import type { UseQueryResult } from '@tanstack/react-query';
import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { titleIn } from '../../../i18n/index.ts';
import { commandsOf, type Plan } from '../../binding-commands.ts';
import type { BindingPreview, BindingRequest, Detail } from '../../binding-queries.ts';
import { metricsQuery } from '../../connection-queries.ts';
import { useLanguage } from '../../language.tsx';
import { newKey } from '../../new-key.ts';
import { type Done, saveBinding } from '../../save-binding.ts';
import { useChange } from '../../use-change.ts';
import { FormProblem } from '../form.tsx';
import { baselineOf, type Place, ruleOf } from './bind-place.ts';
import { Commands } from './commands.tsx';
import { isSound } from './preview-step.tsx';
import { isMissingReason } from './rule-step.tsx';

/** What will be saved, in a few lines; the same as commands; and the one button. */
export function SaveStep(props: {
  detail: Detail;
  place: Place;
  preview: UseQueryResult<BindingPreview>;
  source: BindingRequest['source'];
}) {
  const { detail, place, preview, source } = props;
  const { t, format } = useLanguage();
  const { words } = place;
  const metrics = useQuery(metricsQuery);
  const done = useRef<Done>({ metric: null, bound: false, baseline: false, rule: false });
  const title = preview.data?.metric.title ?? ('metric' in source ? (source.metric ?? '') : '');
  const taken = (metrics.data ?? []).map(({ key }) => key);
  const plan: Plan = {
    keyResult: detail.key,
    source,
    known: preview.data?.metric.key ?? null,
    newMetric: { key: newKey(keyOf(source), 'metric', taken), title: titleOf(title, source, detail) },
    baseline: baselineOf(words, preview.data?.metric ?? detail).baseline,
    reason: (words['startReason'] ?? '').trim(),
    rule: ruleOf(words),
  };
  const save = useChange(
    () => saveBinding(plan, done.current),
    () => place.put({ done: '1' }, true),
  );
  const sound = isSound(preview) || words['unverified'] === '1';
  const { commands, requests } = commandsOf(plan, window.location.origin);
  const lines: [string, string][] = [
    [t('page.key_result'), titleIn(t.lang, detail)],
    [t('web.metric'), plan.known === null ? plan.newMetric.title : `${title} (${plan.known})`],
    ...(preview.data?.current == null
      ? []
      : ([
          [t('web.binding.value_now'), format.full(preview.data.current.value, preview.data.metric)],
        ] satisfies [string, string][])),
    ...(plan.baseline === null
      ? []
      : ([
          [
            t('column.start'),
            'value' in plan.baseline
              ? format.full(plan.baseline.value, preview.data?.metric ?? detail)
              : t(`baseline.rule.${plan.baseline.rule.kind}`),
          ],
        ] satisfies [string, string][])),
    [
      t('web.binding.tell_me'),
      plan.rule === null
        ? t('web.binding.no_own_rule')
        : t(`web.binding.tell.${plan.rule.sensitivity ?? 'normal'}`),
    ],
  ];
  return (
    <>
      <section className="card">
        <h2 className="font-semibold">{t('web.binding.will_save')}</h2>
        <dl className="mt-3 grid gap-x-6 gap-y-1.5 text-[14px]" style={{ gridTemplateColumns: 'auto 1fr' }}>
          {lines.map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="text-muted">{name}</dt>
              <dd className="min-w-0 break-words">{value}</dd>
            </div>
          ))}
        </dl>
        {isSound(preview) ? null : (
          <p className="mt-3 text-[14px] text-warn">
            {t(sound ? 'web.binding.saves_unverified' : 'web.binding.look_first')}
          </p>
        )}
      </section>
      <div className="mb-5 space-y-3">
        <FormProblem error={save.error} />
        {done.current.bound && save.error !== null ? (
          <p className="text-[13px] text-muted">{t('web.binding.half_saved')}</p>
        ) : null}
        <div className="flex flex-wrap gap-2">
          <button
            type="button"
            className="button button-main"
            disabled={!sound || save.busy || isMissingReason(place)}
            onClick={() => void save.run(undefined)}
          >
            {save.busy ? t('web.saving') : t('web.binding.save')}
          </button>
          <button type="button" className="button" onClick={() => place.go({ step: 'rule' })}>
            {t('web.binding.back')}
          </button>
        </div>
      </div>
      <Commands commands={commands} requests={requests} />
    </>
  );
}

/** What tells it from other metrics of the same sort. */
function keyOf(source: BindingRequest['source']): string {
  if (source.kind === 'metric') return source.metric;
  const words = Object.values(source.params ?? {}).filter(
    (value): value is string => typeof value === 'string' && value.length <= 30,
  );
  return [source.metric ?? '', ...words].join(' ').replaceAll('_', ' ');
}

function titleOf(title: string, source: BindingRequest['source'], detail: Detail): string {
  if (source.kind === 'metric') return title;
  const words = Object.values(source.params ?? {}).filter(
    (value): value is string => typeof value === 'string',
  );
  const named = title === '' ? detail.title : title;
  return [named, ...words].join(' · ').slice(0, 200);
}
