import { useState } from 'react';
import { useLanguage } from '../../language.tsx';
import { SelectField } from '../ui/fields.tsx';

/** What there is a CSV of, in the order in which they refer to each other. Names are the server's: a test holds them to it. */
export const EXPORT_TYPES = [
  'cycles',
  'objectives',
  'key_results',
  'key_result_states',
  'metrics',
  'points',
  'revisions',
  'check_ins',
  'initiatives',
  'overrides',
  'baselines',
  'scorecards',
  'connections',
  'runs',
  'alerts',
  'alert_rules',
  'deliveries',
  'members',
  'audit_log',
] as const;

/** Everything, to take along. Plain links: the browser writes what comes to its file, however much it is. */
export function ExportPanel() {
  const { t } = useLanguage();
  const [type, setType] = useState<string>('key_results');
  return (
    <section className="card max-w-3xl">
      <h2 className="font-semibold">{t('web.export.title')}</h2>
      <p className="mt-1 leading-relaxed text-muted">{t('web.export.about')}</p>
      <ul className="mt-3 list-disc space-y-1 pl-5 text-[14px] leading-relaxed">
        <li>{t('web.export.holds')}</li>
        <li>{t('web.export.since')}</li>
        <li>{t('web.export.secrets')}</li>
      </ul>
      <a href="/api/v1/export?format=ndjson" download className="button button-main mt-4 inline-block">
        {t('web.export.all')}
      </a>
      <p className="mt-1.5 text-[13px] text-muted">{t('web.export.all_hint')}</p>
      <div className="mt-6 flex flex-wrap items-end gap-3 border-t border-line pt-4">
        <div className="min-w-52 flex-1 sm:max-w-xs">
          <SelectField
            label={t('web.export.one')}
            value={type}
            onChange={setType}
            choices={EXPORT_TYPES.map((value) => ({ value, label: t(`web.export.type.${value}`) }))}
          />
        </div>
        <a
          href={`/api/v1/export?format=csv&type=${type}&bom=true`}
          download
          className="button inline-flex min-h-9.5 items-center"
        >
          {t('web.export.csv')}
        </a>
      </div>
    </section>
  );
}
