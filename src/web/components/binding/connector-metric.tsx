import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { type Detail, type Measurable, measurableQuery } from '../../binding-queries.ts';
import { connectionsQuery, metricsQuery } from '../../connection-queries.ts';
import { useLanguage } from '../../language.tsx';
import { missingFields, type ParamField, paramFields } from '../../param-form.ts';
import { Asked, LinesSkeleton } from '../ui/page-parts.tsx';
import { asWords, type Place } from './bind-place.ts';
import { MetricList, useNames } from './metric-list.tsx';
import { ParamInput, paramProblem } from './param-input.tsx';

/** What a connection can measure, and what the chosen one has to be told. */
export function ConnectorMetric(props: {
  detail: Detail;
  place: Place;
  /** What the source said to what stands here. */
  error?: unknown;
}) {
  const { detail, error = null, place } = props;
  const { connection = '', metric } = place.words;
  const measurable = useQuery(measurableQuery(connection));
  const connections = useQuery(connectionsQuery);
  const metrics = useQuery(metricsQuery);
  // The account's own currency, or the one that this connection counts in already.
  const account = connections.data?.find(({ key }) => key === connection)?.account?.currency ?? null;
  const counted = metrics.data?.find((each) => each.connectionKey === connection && each.currency !== null);
  const currency = account ?? counted?.currency ?? null;
  if (connections.isLoading || metrics.isLoading) return <LinesSkeleton />;
  return (
    <Asked query={measurable} inside>
      {(all) => {
        const chosen = all.find((each) => each.metric === metric);
        return chosen === undefined ? (
          <MetricList detail={detail} place={place} all={all} />
        ) : (
          <ChosenMetric
            key={chosen.metric}
            detail={detail}
            place={place}
            chosen={chosen}
            error={error}
            currency={currency}
          />
        );
      }}
    </Asked>
  );
}

/** The parameters as a form: what only its owner knows first, what has a default below a fold. */
function ChosenMetric(props: {
  detail: Detail;
  chosen: Measurable;
  place: Place;
  error: unknown;
  /** Of the account behind the connection. */
  currency: string | null;
}) {
  const { chosen, currency, detail, error, place } = props;
  const { t } = useLanguage();
  const names = useNames();
  const fields = paramFields(chosen.params);
  const known = knownParams(fields, detail.currency ?? currency);
  const [texts, setTexts] = useState<Record<string, string>>({ ...known, ...place.texts });
  const [asked, setAsked] = useState(false);
  const missing = missingFields(fields, texts);
  const { description, title } = names(chosen);
  const isFirst = ({ name, required }: ParamField) =>
    required || Object.hasOwn(known, name) || paramProblem(error, name) !== null;
  const required = fields.filter(isFirst);
  const optional = fields.filter((field) => !isFirst(field));
  const said = Object.values(texts).some((text) => text !== '');
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => {
    if (!said) return;
    timer.current = setTimeout(() => place.put(asWords(place.words, texts)), 400);
    return () => clearTimeout(timer.current);
    // Only what was typed is written down; the place changes by it.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [texts]);
  const field = (each: ParamField) => (
    <ParamInput
      key={each.name}
      field={each}
      metric={chosen.catalog?.metric ?? null}
      value={texts[each.name] ?? ''}
      onChange={(text) => setTexts((before) => ({ ...before, [each.name]: text }))}
      problem={
        asked && missing.includes(each.name) ? t('web.binding.needed') : paramProblem(error, each.name)
      }
    />
  );
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setAsked(true);
        // What is on its way into the address would lead back here.
        clearTimeout(timer.current);
        if (missing.length === 0) place.go({ ...asWords(place.words, texts), step: 'preview' });
      }}
    >
      <section className="card">
        <div className="flex flex-wrap items-start justify-between gap-3">
          <div className="min-w-0">
            <h2 className="font-semibold break-words">{title}</h2>
            <p className="mt-1 max-w-2xl text-[14px] leading-relaxed text-muted">{description}</p>
          </div>
          <button
            type="button"
            className="button"
            onClick={() => place.go({ ...asWords(place.words, {}), metric: undefined, meaning: undefined })}
          >
            {t('web.binding.another')}
          </button>
        </div>
        {required.length === 0 ? null : (
          <div className="mt-4 grid items-start gap-4 sm:grid-cols-2">{required.map(field)}</div>
        )}
        {optional.length === 0 ? null : (
          <details className="mt-4" open={required.length === 0 && optional.length <= 3}>
            <summary className="min-h-6 cursor-pointer text-[14px] font-medium">
              {t('web.binding.more_params', { count: optional.length })}
            </summary>
            <div className="mt-3 grid items-start gap-4 sm:grid-cols-2">{optional.map(field)}</div>
          </details>
        )}
        {fields.length === 0 ? (
          <p className="mt-3 text-[13px] text-muted">{t('catalog.no_parameters')}</p>
        ) : null}
      </section>
      <button type="submit" className="button button-main">
        {t('web.binding.show_number')}
      </button>
    </form>
  );
}

/** What is known already: money is counted as the Key Result or the account has it, unless somebody says otherwise. */
function knownParams(fields: readonly ParamField[], currency: string | null): Record<string, string> {
  const asked = fields.some(({ name, usual }) => name === 'currency' && usual === '');
  return asked && currency !== null ? { currency: currency.toLowerCase() } : {};
}
