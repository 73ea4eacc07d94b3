import type { AlertRuleView } from '../../api/contracts/alerting.ts';
import { type AlertWords, alertWordsOf } from '../alert-words.ts';
import { parseCount, parseDurationMs } from '../amounts.ts';
import { usageError } from '../cli-error.ts';
import { type Context, withSession } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { percent } from '../render/format.ts';
import type { Look } from '../render/look.ts';
import { voiceOf } from '../render/voice.ts';
import { lookOf, showCreated, showList } from '../show.ts';
import { wordsOf } from '../words.ts';

export type RuleOptions = {
  keyResult?: string;
  objective?: string;
  for?: string;
  keep?: string;
  sensitivity?: string;
};
export type RuleAddOptions = RuleOptions & { repeat?: string };

const DAY_MS = 86_400_000;

/** `tidemark rule add`: tell the channels when a Key Result is off track. */
export async function ruleAddCommand(context: Context, options: RuleAddOptions): Promise<number> {
  const body = {
    ...ruleBody(options),
    ...(options.repeat === undefined ? {} : { repeatDays: repeatOf(options.repeat) }),
  };
  return withSession(context, async ({ client }) => {
    const answer = await client.call('createAlertRule', { body });
    const scope = options.keyResult ?? options.objective ?? 'every Key Result';
    showCreated(
      context,
      answer,
      `Rule ${answer.id} is saved: ${scope} off track on ${answer.forEvaluations} days fires, ${answer.keepFiringEvaluations} days without it resolve.`,
    );
    return exitCodes.done;
  });
}

/** What `rule add` and `rule try` say of a rule; what is left out is as usual. */
export function ruleBody(options: RuleOptions) {
  const { for: evaluations, keep, keyResult, objective } = options;
  const sensitivity = sensitivityOf(options.sensitivity);
  return {
    ...(keyResult === undefined ? {} : { keyResult }),
    ...(objective === undefined ? {} : { objective }),
    ...(evaluations === undefined ? {} : { forEvaluations: parseCount(evaluations, '--for') }),
    ...(keep === undefined ? {} : { keepFiringEvaluations: parseCount(keep, '--keep') }),
    ...(sensitivity === undefined ? {} : { sensitivity }),
  };
}

function sensitivityOf(text: string | undefined): 'quiet' | 'normal' | 'early' | undefined {
  if (text === undefined || text === 'quiet' || text === 'normal' || text === 'early') return text;
  throw usageError(`--sensitivity "${text}" is none of quiet, normal, early`);
}

function repeatOf(text: string): number | null {
  if (text === 'never') return null;
  const days = parseDurationMs(text, '--repeat') / DAY_MS;
  if (Number.isInteger(days) && days >= 1) return days;
  throw usageError(`--repeat "${text}" is not a whole number of days`, 'Write it like 7d, or never.');
}

/** `tidemark rule list`. */
export async function ruleListCommand(context: Context): Promise<number> {
  const words = wordsOf(context.settings.lang);
  const alertWords = alertWordsOf(context.settings.lang);
  const { say } = voiceOf(lookOf(context));
  return withSession(context, async ({ client }) => {
    showList(
      context,
      await client.call('listAlertRules'),
      [
        { title: 'Id', priority: 7 },
        { title: words.kind, priority: 5 },
        { title: say('column.key_result'), priority: 9 },
        { title: words.holds, priority: 6, align: 'right' },
        { title: words.keeps, priority: 6, align: 'right' },
        { title: alertWords.borders, priority: 4, align: 'right' },
        { title: alertWords.repeats, priority: 3, align: 'right' },
        { title: words.state, priority: 8 },
      ],
      (rule, look) => [
        rule.id,
        alertWords.kindOf[rule.kind],
        rule.keyResultId ?? rule.objectiveId ?? '*',
        String(rule.forEvaluations),
        String(rule.keepFiringEvaluations),
        bordersText(rule, look),
        repeatText(rule, alertWords),
        rule.enabled ? words.active : 'off',
      ],
    );
    return exitCodes.done;
  });
}

function bordersText({ clearAbove, fireBelow }: AlertRuleView, look: Look): string {
  return `${percent(fireBelow, look)} / ${percent(clearAbove, look)}`;
}

function repeatText({ repeatDays }: AlertRuleView, { never, repeatEvery }: AlertWords): string {
  return repeatDays === null ? never : repeatEvery(repeatDays);
}

/** `tidemark rule on|off ID`. */
export async function ruleSwitchCommand(context: Context, id: string, enabled: boolean): Promise<number> {
  return withSession(context, async ({ client }) => {
    const rule = await client.call('changeAlertRule', { params: { id }, body: { enabled } });
    showCreated(context, rule, `The rule ${rule.id} is ${enabled ? 'on' : 'off'}.`);
    return exitCodes.done;
  });
}
