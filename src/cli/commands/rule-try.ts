import type { RuleTrialView } from '../../api/contracts/alerting.ts';
import { type AlertWords, alertWordsOf } from '../alert-words.ts';
import { type Context, hint, print, printJson, withSession } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Look } from '../render/look.ts';
import { paintOf } from '../render/paint.ts';
import { renderTable } from '../render/table.ts';
import { voiceOf } from '../render/voice.ts';
import { lookOf } from '../show.ts';
import { type RuleOptions, ruleBody } from './rule.ts';

/** Each day of each Key Result is judged anew, forecast included. */
const TIMEOUT_MS = 600_000;

/** `tidemark rule try`: what a rule would have said. Nothing is stored, and nobody is told. */
export async function ruleTryCommand(
  context: Context,
  options: RuleOptions & { from?: string },
): Promise<number> {
  const body = { ...ruleBody(options), ...(options.from === undefined ? {} : { fromDay: options.from }) };
  return withSession(context, async ({ api }) => {
    const { createClient } = await import('../../api/client.ts');
    const client = createClient({ ...api, signal: context.io.interrupted, timeoutMs: TIMEOUT_MS });
    const answer = await client.call('simulateAlertRule', { body });
    if (context.settings.json) printJson(context, answer);
    else show(context, answer);
    return exitCodes.done;
  });
}

function show(context: Context, trial: RuleTrialView): void {
  const look = lookOf(context);
  const words = alertWordsOf(look.lang);
  print(context, words.tried({ ...countsOf(trial), since: dayText(trial.fromDay, trial.throughDay, look) }));
  if (trial.missedWithout > 0) print(context, words.missedWithout(trial.missedWithout));
  if (trial.alerts.length > 0) print(context, `\n${tableOf(trial, look, words)}`);
  hint(context, words.looked(trial.keyResults));
  for (const { key, why } of trial.skipped) hint(context, words.leftOut(key, words.whySkipped[why] ?? why));
}

function countsOf({ alerts, open, rightly, wrongly }: RuleTrialView) {
  const ahead = alerts.flatMap(({ daysAhead, rightly: isRight }) =>
    isRight === true && daysAhead !== null ? [daysAhead] : [],
  );
  return { alerts: alerts.length, open, rightly, wrongly, ahead: median(ahead) };
}

/** The middle one, or the mean of the two in the middle in whole days. */
function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((one, other) => one - other);
  const [low, high] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[Math.floor(sorted.length / 2)]];
  return low === undefined || high === undefined ? null : Math.round((low + high) / 2);
}

function tableOf(trial: RuleTrialView, look: Look, words: AlertWords): string {
  const { say } = voiceOf(look);
  const verdictOf = (rightly: boolean | null): string =>
    rightly === null ? words.verdictOf.open : rightly ? words.verdictOf.rightly : words.verdictOf.wrongly;
  return renderTable(
    [
      { title: say('column.key_result'), priority: 9 },
      { title: words.fired, priority: 8 },
      { title: words.ended, priority: 6 },
      { title: words.verdict, priority: 7 },
      { title: words.ahead, priority: 5, align: 'right' },
    ],
    trial.alerts.map(({ daysAhead, firedDay, keyResultKey, resolvedDay, rightly }) => [
      keyResultKey,
      firedDay,
      resolvedDay ?? words.stillOn,
      verdictOf(rightly),
      daysAhead === null ? '' : String(daysAhead),
    ]),
    { columns: look.columns, ascii: look.ascii, paintHeader: paintOf(look.color).dim },
  );
}

/** "1 July", with its year where that is another one than the last day's. */
function dayText(day: string, throughDay: string, look: Look): string {
  const sameYear = day.slice(0, 4) === throughDay.slice(0, 4);
  return new Intl.DateTimeFormat(look.lang === 'en' ? 'en-GB' : look.lang, {
    day: 'numeric',
    month: 'long',
    ...(sameYear ? {} : { year: 'numeric' }),
    timeZone: 'UTC',
  }).format(new Date(`${day}T00:00:00Z`));
}
