import type { KeyResultDetail } from '../../api/contract.ts';
import { addresses } from '../../api/generated/addresses.ts';
import { useLanguage } from '../language.tsx';
import { Menu } from './menu.tsx';

const FORMATS = [
  ['csv', 'web.kr.export_csv'],
  ['png', 'web.kr.export_png'],
  ['svg', 'web.kr.export_svg'],
] as const;

/** The chart as a file, drawn by the server as it stands here: in the same language, theme and time. */
export function ChartExport({ detail }: { detail: KeyResultDetail }) {
  const { lang, t } = useLanguage();
  const href = (format: string): string => {
    const query = new URLSearchParams({ format, lang, theme: themeNow() });
    if (detail.asOf !== null) query.set('asOf', detail.asOf.day ?? detail.asOf.at);
    return `${addresses.downloadChart.path.replace('{id}', encodeURIComponent(detail.key))}?${query}`;
  };
  return (
    <Menu label={t('web.kr.export')}>
      {FORMATS.map(([format, word]) => (
        <a key={format} className="menu-item" href={href(format)} download>
          {t(word)}
        </a>
      ))}
    </Menu>
  );
}

/** What is chosen for the page, or what the system asks for. */
function themeNow(): 'light' | 'dark' {
  const chosen = document.documentElement.dataset['theme'];
  if (chosen === 'light' || chosen === 'dark') return chosen;
  return window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}
