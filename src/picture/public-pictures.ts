import type { KeyResultDetail } from '../api/contract.ts';
import type { ChartInput } from '../chart/chart-input.ts';
import type { ThemeName } from '../chart/theme.ts';
import { type Lang, plainFormat, type Translate, titleIn, translator } from '../i18n/index.ts';
import { type Badge, badgeJson, badgeSvg } from './badge.ts';
import { drawChart } from './draw-chart.ts';
import { hasChart, keyResultChart } from './key-result-chart.ts';
import { renderPng } from './render-png.ts';

/** How long shields.io may keep a badge; it takes no less. */
const CACHE_SECONDS = 300;

/**
 * What a public link shows: the Key Result, how it stands, and its line. What people wrote about it (check-ins, reasons,
 * initiatives), who owns it and where its numbers come from stays inside.
 */
export const publicPictures = {
  badgeSvg: (keyResult: KeyResultDetail, lang: Lang): string => badgeSvg(badgeOf(keyResult, lang)),
  badgeJson: (keyResult: KeyResultDetail, lang: Lang) => ({
    ...badgeJson(badgeOf(keyResult, lang)),
    cacheSeconds: CACHE_SECONDS,
  }),
  chartSvg(keyResult: KeyResultDetail, lang: Lang, theme: ThemeName): string | null {
    if (!hasChart(keyResult)) return null;
    const { currency, data, goal, source, status, unit } = keyResult;
    const translate = translator(lang);
    const note = [
      translate(`status.${status.state}`),
      data.state === 'fresh' ? null : translate(`data.${data.state}`),
      source?.environment === 'sandbox' ? translate('label.sandbox') : null,
    ];
    return drawChart(outsideChart(keyResult, translate), {
      lang,
      theme,
      title: titleIn(lang, keyResult),
      unit,
      currency,
      note: note.filter((part) => part !== null).join(' · '),
      runningSum: goal.kind === 'accumulate',
    }).svg;
  },
  png: (svg: string): Promise<Buffer> => renderPng(svg),
};

function badgeOf(keyResult: KeyResultDetail, lang: Lang): Badge {
  const { data, source, status } = keyResult;
  const title = titleIn(lang, keyResult);
  const label = source?.environment === 'sandbox' ? `${title} · ${translator(lang)('label.sandbox')}` : title;
  return {
    label,
    value: valueOf(keyResult, lang),
    status: status.state,
    dataState: data.state,
    lang,
  };
}

/** Null where nothing is known: a number beside "unknown" would be taken for one. */
function valueOf({ currency, currentValue, goal, status, unit }: KeyResultDetail, lang: Lang): string | null {
  if (status.state === 'unknown') return null;
  if (goal.kind === 'milestone') {
    return `${goal.steps.filter(({ doneOnDay }) => doneOnDay !== null).length}/${goal.steps.length}`;
  }
  if (currentValue === null) return null;
  const text = plainFormat(lang, unit, currency).value(currentValue);
  return unit.startsWith('custom:') ? `${text} ${unit.slice('custom:'.length)}` : text;
}

/** An owner's value stays on the chart, for without it the line would say something else; why it was given does not. */
function outsideChart(keyResult: KeyResultDetail, translate: Translate): ChartInput {
  const inside = keyResultChart({ ...keyResult, initiatives: [] }, [], translate);
  const { value } = plainFormat(translate.lang, keyResult.unit, keyResult.currency);
  return {
    ...inside,
    overrides: (inside.overrides ?? []).map((override) => ({
      ...override,
      title: translate('web.owner_value_day', { value: value(override.value) }),
    })),
  };
}
