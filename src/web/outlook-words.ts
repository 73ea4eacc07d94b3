import type { KeyResultDetail } from '../api/contract.ts';
import type { Translate } from '../i18n/index.ts';
import type { Format } from './format.ts';
import { targetWords } from './words.ts';

type Forecast = NonNullable<KeyResultDetail['forecast']>;

/** P10 to P90, as the contract has them. */
const LEVEL = 0.8;

/** "80%: 218 to 251 by 31 Dec; target 240; chance ≈ 45%" */
export function outlookSentence(
  t: Translate,
  format: Format,
  detail: KeyResultDetail,
  forecast: Forecast,
): string {
  const write = (amount: number): string =>
    forecast.of === 'share' ? format.percent(amount) : roughly(format, amount, detail);
  const { chance } = detail;
  return t(forecast.of === 'share' ? 'web.kr.outlook.share' : 'web.kr.outlook.value', {
    level: format.percent(LEVEL),
    low: write(forecast.p10),
    high: write(forecast.p90),
    day: format.day(forecast.deadlineDay),
    target: targetWords(t, format, detail, 'short'),
    known: chance === undefined ? 'no' : 'yes',
    chance: chance === undefined ? '' : format.percent(chance.smoothed),
  });
}

/** What is expected is not known to the hundredth: from a hundred on it is said whole. */
export function roughly(format: Format, amount: number, detail: KeyResultDetail): string {
  return format.short(Math.abs(amount) < 100 ? amount : Math.round(amount), detail);
}

/** By which method, out of how many observations; the CLI says it in the same words. */
export function methodSentence(
  t: Translate,
  format: Format,
  { inputs, members, method }: Pick<Forecast, 'inputs' | 'members' | 'method'>,
): string {
  const { from, gaps, observations, through } = inputs;
  return t('evidence.forecast_method', {
    method,
    members: Object.entries(members)
      .map(([name, share]) => `${name} ${format.percent(share)}`)
      .join(', '),
    observations,
    from: format.day(from),
    through: format.day(through),
    gaps,
  });
}
