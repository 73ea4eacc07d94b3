import type { Body } from '../../api/client-types.ts';
import { parseAmount, parseCount } from '../amounts.ts';
import { baselineRuleOf } from '../baseline-rule.ts';
import { usageError } from '../cli-error.ts';
import { type Context, print, printJson, withSession } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { aggregateOf } from '../kr-goal.ts';
import { renderBaselines, renderChange } from '../render/definition.ts';
import { guardLines } from '../render/definition-lines.ts';
import { formatValue } from '../render/format.ts';
import { voiceOf } from '../render/voice.ts';
import { lookOf, showCreated } from '../show.ts';
import { wordsOf } from '../words.ts';

export type BaselineOptions = { value?: string; recapture?: boolean; rule?: string; reason?: string };
export type OverrideOptions = { from?: string; until?: string; reason?: string; end?: boolean };
export type GuardOptions = {
  atMost?: string;
  atLeast?: string;
  notAboveStart?: boolean;
  notBelowStart?: boolean;
  over?: string;
  remove?: boolean;
};
export type AcceptOptions = { ifVersion?: string; recapture?: boolean };

/** `tidemark kr baseline KR`: where its start comes from, stated anew, or captured again. */
export async function baselineCommand(
  context: Context,
  key: string,
  options: BaselineOptions,
): Promise<number> {
  const body = baselineBody(options);
  return withSession(context, async ({ client }) => {
    const params = { id: key };
    const answer =
      body === null
        ? await client.call('listBaselines', { params })
        : await client.call('setBaseline', { params, body });
    if (context.settings.json) printJson(context, answer);
    else print(context, renderBaselines(answer, lookOf(context)));
    return exitCodes.done;
  });
}

function baselineBody(options: BaselineOptions): Body<'setBaseline'> | null {
  const { value, recapture, rule, reason } = options;
  if (value === undefined && recapture !== true) {
    if (reason === undefined && rule === undefined) return null;
    throw usageError(
      'Nothing is to be changed',
      'Add --value NUMBER or --recapture, or leave the flags out.',
    );
  }
  if (value !== undefined && recapture === true)
    throw usageError('--value and --recapture exclude each other');
  if (reason === undefined) throw usageError('A baseline is changed with a reason', 'Give --reason "why".');
  if (value !== undefined) {
    if (rule !== undefined) throw usageError('--rule belongs to --recapture');
    return { value: parseAmount(value, '--value'), reason };
  }
  return { recapture: true, reason, ...(rule === undefined ? {} : { rule: baselineRuleOf(rule, '--rule') }) };
}

/** `tidemark kr override KR VALUE --until DAY`, and `--end`. */
export async function overrideCommand(
  context: Context,
  key: string,
  value: string | undefined,
  options: OverrideOptions,
): Promise<number> {
  if (options.end === true) {
    if (value !== undefined) throw usageError('--end takes no value');
    return withSession(context, async ({ client }) => {
      const ended = await client.call('endOverride', { params: { id: key, override: 'current' } });
      showCreated(context, ended, `The override of ${key} is ended: the source speaks again.`);
      return exitCodes.done;
    });
  }
  const { from, until, reason } = options;
  if (value === undefined)
    throw usageError('Which value?', `tidemark kr override ${key} VALUE --until DAY --reason TEXT`);
  if (until === undefined) throw usageError('An override ends', 'Give its last day: --until YYYY-MM-DD.');
  if (reason === undefined) throw usageError('An override has a reason', 'Give --reason "why".');
  const body = {
    value: parseAmount(value, 'VALUE'),
    untilDay: until,
    reason,
    ...(from === undefined ? {} : { fromDay: from }),
  };
  return withSession(context, async ({ client }) => {
    const made = await client.call('overrideValue', { params: { id: key }, body });
    const days = `${made.fromDay} to ${made.untilDay}`;
    showCreated(context, made, `${key} is overridden for ${days}. The source is read on; end it with --end.`);
    return exitCodes.done;
  });
}

/** `tidemark kr guard KR METRIC --at-most V`, and `--remove`. */
export async function guardCommand(
  context: Context,
  key: string,
  metric: string | undefined,
  options: GuardOptions,
): Promise<number> {
  const body = guardBody(key, metric, options);
  return withSession(context, async ({ client }) => {
    const params = { id: key };
    const row =
      body === null
        ? await client.call('removeGuard', { params })
        : await client.call('setGuard', { params, body });
    if (context.settings.json) printJson(context, row);
    else if (row.guard === null) print(context, `${row.key} has no guard any more.`);
    else print(context, guardLines(row.guard, lookOf(context), voiceOf(lookOf(context))).join('\n'));
    return exitCodes.done;
  });
}

function guardBody(key: string, metric: string | undefined, options: GuardOptions): Body<'setGuard'> | null {
  const { atMost, atLeast, notAboveStart, notBelowStart, over, remove } = options;
  const bounds = [atMost, atLeast, notAboveStart, notBelowStart].filter((each) => each !== undefined);
  if (remove === true) {
    if (metric !== undefined || bounds.length > 0)
      throw usageError('--remove takes neither a metric nor a bound');
    return null;
  }
  if (metric === undefined)
    throw usageError('Which metric?', `tidemark kr guard ${key} METRIC --at-most VALUE`);
  if (bounds.length !== 1) {
    throw usageError(
      'A guard has one bound',
      'Give one of --at-most, --at-least, --not-above-start and --not-below-start.',
    );
  }
  const bound =
    atMost === undefined
      ? atLeast === undefined
        ? null
        : parseAmount(atLeast, '--at-least')
      : parseAmount(atMost, '--at-most');
  const operator = atMost !== undefined || notAboveStart === true ? 'at_most' : 'at_least';
  return { metric, operator, bound, ...(over === undefined ? {} : { aggregate: aggregateOf(over) }) };
}

/** `tidemark kr changes`: the Key Results that a newer definition of their metric waits for. */
export async function changesCommand(context: Context, key: string | undefined): Promise<number> {
  return withSession(context, async ({ client }) => {
    if (key !== undefined) {
      const change = await client.call('getDefinitionChange', { params: { id: key } });
      if (context.settings.json) printJson(context, change);
      else print(context, renderChange(change, lookOf(context)));
      return exitCodes.done;
    }
    const answer = await client.call('listDefinitionChanges');
    if (context.settings.json) printJson(context, answer);
    else if (answer.data.length === 0) print(context, wordsOf(context.settings.lang).none);
    else print(context, answer.data.map((change) => renderChange(change, lookOf(context))).join('\n\n'));
    return exitCodes.done;
  });
}

/** `tidemark kr accept KR`: judged by the newest definition from now on. */
export async function acceptCommand(context: Context, key: string, options: AcceptOptions): Promise<number> {
  const version = options.ifVersion === undefined ? undefined : parseCount(options.ifVersion, '--if-version');
  return withSession(context, async ({ client }) => {
    const row = await client.call('acceptDefinition', {
      params: { id: key },
      body: { recapture: options.recapture === true, ...(version === undefined ? {} : { version }) },
    });
    const value = formatValue(row.currentValue, row, lookOf(context));
    showCreated(
      context,
      row,
      `${row.key} is on the new definition: ${value} now. Next: tidemark explain ${row.key}`,
    );
    return exitCodes.done;
  });
}
