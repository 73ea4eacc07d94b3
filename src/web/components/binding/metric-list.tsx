import { type Detail, type Measurable } from '../../binding-queries.ts';
import { catalogText } from '../../catalog-words.ts';
import { feeds } from '../../goal-words.ts';
import { useLanguage } from '../../language.tsx';
import { TextField } from '../ui/fields.tsx';
import { EmptyState } from '../ui/page-parts.tsx';
import { asWords, type Place } from './bind-place.ts';
import { Offer } from './source-step.tsx';

/** In the reader’s language where the catalogue has the words. */
export function useNames() {
  const { lang } = useLanguage();
  return ({ catalog, description, title }: Measurable) => {
    const text = catalog === undefined ? null : catalogText(lang, catalog.metric);
    return lang === 'en' || text === null
      ? { title, description }
      : { title: text.title, description: text.definition };
  };
}

/** Everything that a connection can measure, to be searched. */
export function MetricList(props: { detail: Detail; place: Place; all: readonly Measurable[] }) {
  const { all, detail, place } = props;
  const { t, lang } = useLanguage();
  const names = useNames();
  const { find = '' } = place.words;
  const wanted = find.trim().toLowerCase();
  const shown = all.filter((each) => {
    const { description, title } = names(each);
    const { catalog } = each;
    const meaning = catalog === undefined ? null : catalogText(lang, catalog.metric);
    return `${title} ${description} ${each.title} ${each.metric} ${meaning?.title ?? ''} ${meaning?.definition ?? ''}`
      .toLowerCase()
      .includes(wanted);
  });
  return (
    <section>
      <div className="mb-3 max-w-md">
        <TextField
          label={t('web.binding.search_metrics')}
          type="search"
          value={find}
          onChange={(text) => place.put({ find: text })}
        />
      </div>
      <p role="status" className="mb-2 text-[13px] text-muted">
        {t('web.binding.metrics_found', { count: shown.length })}
      </p>
      {shown.length === 0 ? (
        <EmptyState title={t('web.binding.no_metric_fits')}>
          {t('web.binding.no_metric_fits_hint')}
        </EmptyState>
      ) : (
        <ul className="grid gap-2 sm:grid-cols-2">
          {shown.map((each) => {
            const { description, title } = names(each);
            const fits = feeds(detail.goal, each.kind);
            return (
              <Offer
                key={each.metric}
                title={title}
                detail={
                  <>
                    <span className="block">{description}</span>
                    <span className="mt-1 block text-xs">
                      {t(`web.binding.counts.${each.kind}`)} ·{' '}
                      <code className="font-mono">{each.metric}</code>
                      {fits ? null : ` · ${t('web.binding.cannot_feed')}`}
                    </span>
                  </>
                }
                disabled={!fits}
                onTake={() =>
                  place.go({ ...asWords(place.words, {}), metric: each.metric, meaning: undefined })
                }
              />
            );
          })}
        </ul>
      )}
    </section>
  );
}
