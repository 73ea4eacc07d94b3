import { useQuery } from '@tanstack/react-query';
import type { KeyResultDetail } from '../../api/contract.ts';
import type { Translate } from '../../i18n/index.ts';
import type { Format } from '../format.ts';
import { useLanguage } from '../language.tsx';
import { explanationQuery } from '../queries.ts';
import { usePanel } from '../use-panel.ts';

/** The arithmetic of the progress and of the pace with its real numbers, and the way to where they come from. */
export function HowItIsReckoned({ detail }: { detail: KeyResultDetail }) {
  const { t, format } = useLanguage();
  const { open } = usePanel();
  const { data: explanation } = useQuery(explanationQuery(detail.key, detail.asOf?.at ?? null));
  const counted = detail.goal.kind === 'guardrail' || detail.goal.kind === 'milestone';
  // How many checks and what weights there are is known to the server alone.
  const numbers = counted && detail.progress !== null ? (explanation?.formula.numbers ?? null) : null;
  return (
    <>
      <pre className="formula sum" tabIndex={0}>
        <code className="text-muted">{t(`web.kr.rule.${detail.goal.kind}`)}</code>
        {[...(numbers === null ? [] : [numbers]), ...sums(t, format, detail)].map((line) => (
          <span key={line}>
            {'\n'}
            <code>{line}</code>
          </span>
        ))}
      </pre>
      <button type="button" className="button mt-2.5" onClick={() => open({ evidence: 1 })}>
        {t('web.kr.why_number')}
      </button>
    </>
  );
}

/** Numbers of the API in the places of the rule; nothing is worked out here. */
function sums(t: Translate, format: Format, detail: KeyResultDetail): string[] {
  const { currentValue, expected, goal, pace, progress, startValue, targetValue } = detail;
  const lines: string[] = [];
  const value = (amount: number) => format.short(amount, detail);
  if (progress !== null && currentValue !== null && targetValue !== null) {
    const known = { current: value(currentValue), target: value(targetValue) };
    const whole = { ...known, progress: format.percent(progress) };
    if ((goal.kind === 'reach' || goal.kind === 'change') && startValue !== null)
      lines.push(t('web.kr.sum.way', { ...whole, start: value(startValue) }));
    if (goal.kind === 'accumulate' || goal.kind === 'recurring') lines.push(t('web.kr.sum.part', whole));
  }
  if (progress !== null && expected !== null && pace !== null)
    lines.push(
      t('web.kr.sum.pace', {
        progress: format.percent(progress),
        expected: format.percent(expected),
        pace: format.percent(pace),
      }),
    );
  return lines;
}
