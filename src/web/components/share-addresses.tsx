import { useState } from 'react';
import type { CreatedPublicLinkView } from '../../api/contracts/public-links.ts';
import { pickLang, titleIn } from '../../i18n/index.ts';
import { useLanguage } from '../language.tsx';
import { CopyLine } from './copy-line.tsx';
import { SelectField } from './ui/fields.tsx';

const LANGS = [
  { value: 'en', label: 'English' },
  { value: 'zh-CN', label: '中文' },
];

/** What a new link shows, and the lines that put it on another page. */
export function ShareAddresses({ link }: { link: CreatedPublicLinkView }) {
  const { lang: ours, t } = useLanguage();
  const [lang, setLang] = useState<string>(ours);
  const [theme, setTheme] = useState('light');
  const { badgeJson, badgeSvg, chartPng, chartSvg } = link.urls;
  const spoken = (address: string) => `${address}?lang=${lang}`;
  const badge = spoken(badgeSvg);
  // In the language of the picture, and here in the reader's.
  const name = titleIn(pickLang(lang), link);
  const title = titleIn(ours, link);
  return (
    <section aria-label={t('web.kr.share_made')} className="space-y-4">
      <p
        role="status"
        className="rounded-lg bg-good-soft px-3.5 py-2.5 text-[13px] leading-relaxed text-good"
      >
        {t('web.kr.share_made')} {t('web.kr.share_once')}
      </p>
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField label={t('page.language')} value={lang} onChange={setLang} choices={LANGS} />
        {chartSvg === null ? null : (
          <SelectField
            label={t('page.theme')}
            value={theme}
            onChange={setTheme}
            choices={[
              { value: 'light', label: t('page.theme.light') },
              { value: 'dark', label: t('page.theme.dark') },
            ]}
          />
        )}
      </div>
      <div className="badge-preview">
        {/* Asked of this very server, whatever its public name is. */}
        <img src={pathOf(badge)} alt={t('web.kr.badge_of', { title })} />
      </div>
      <CopyLine label={t('share.badge')} text={badge} />
      <CopyLine label="HTML" text={`<img src="${badge}" alt="${asHtml(name)}">`} />
      <CopyLine label="Markdown" text={`![${asText(name)}](${badge})`} />
      <CopyLine label="shields.io" text={spoken(badgeJson)} />
      {chartSvg === null || chartPng === null ? (
        <p className="text-[13px] text-muted">{t('share.no_chart')}</p>
      ) : (
        <>
          <img
            src={pathOf(`${spoken(chartSvg)}&theme=${theme}`)}
            alt={t('web.kr.chart_of', { title })}
            className="w-full rounded-lg border border-line"
          />
          <CopyLine label={t('web.kr.chart_svg')} text={`${spoken(chartSvg)}&theme=${theme}`} />
          <CopyLine label={t('web.kr.chart_png')} text={`${spoken(chartPng)}&theme=${theme}`} />
        </>
      )}
    </section>
  );
}

function pathOf(address: string): string {
  const { pathname, search } = new URL(address);
  return `${pathname}${search}`;
}

/** A name is text wherever it is pasted. */
function asHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

function asText(title: string): string {
  return title.replaceAll(/[\\[\]]/g, '\\$&');
}
