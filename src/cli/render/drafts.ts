import type { DraftsView, DraftView, ImportedView } from '../../api/contracts/import.ts';
import { noticeLines } from '../show.ts';
import { valueText } from './catalog.ts';
import { formatValue, number } from './format.ts';
import { type Look, plain } from './look.ts';
import { type Paint, paintOf } from './paint.ts';
import { oneLine, wrap } from './text.ts';
import { type Voice, voiceOf } from './voice.ts';

type Pen = { look: Look; voice: Voice; paint: Paint };
type Words = { en: string; zh: string };

/** What a text was read as: every Key Result with its parsed target, what was assumed, and what is open. */
export function renderDrafts(drafts: DraftsView, look: Look): string {
  const pen = { look, voice: voiceOf(look), paint: paintOf(look.color) };
  const { say } = pen.voice;
  const { bold, dim } = pen.paint;
  const lines = drafts.objectives.flatMap(({ initiatives, keyResults, label, line, phase, title }) => [
    '',
    `${bold(oneLine([label, title].filter((part) => part !== null).join(' ')))}  ${dim(placeText([say('drafts.line', { line }), phase]))}`,
    ...keyResults.flatMap((draft) => draftLines(draft, pen)),
    ...initiatives.flatMap((initiative) => initiativeLines(initiative, pen)),
  ]);
  if (drafts.keyResults.length > 0 || drafts.initiatives.length > 0) {
    lines.push(
      '',
      bold(say('drafts.loose')),
      ...drafts.keyResults.flatMap((draft) => draftLines(draft, pen)),
      ...drafts.initiatives.flatMap((initiative) => initiativeLines(initiative, pen)),
    );
  }
  return [
    say('drafts.read', drafts.counts),
    ...lines,
    ...unreadLines(drafts, pen),
    ...hintLines(drafts, pen),
  ].join('\n');
}

function draftLines(draft: DraftView, pen: Pen): string[] {
  const { look, paint, voice } = pen;
  const { say } = voice;
  const assumed = draft.assumptions.map(({ text }) => say('drafts.assumed', { text: spoken(text, look) }));
  const problems = draft.problems.map(({ text }) => say('drafts.problem', { text: spoken(text, look) }));
  return [
    `  ${paint.bold(oneLine(draft.text))}  ${paint.dim(say('drafts.line', { line: draft.at }))}`,
    ...indented(promiseText(draft, look), pen, 6),
    ...(draft.readAs === null ? [] : indented(say('drafts.read_as', { text: draft.readAs }), pen, 6)),
    ...indented(metricText(draft, look), pen, 6),
    ...assumed.flatMap((text) => indented(text, pen, 6)),
    ...problems.flatMap((text) => indented(text, pen, 6).map(paint.red)),
    ...questionLines(draft, pen),
  ];
}

function questionLines({ at, question }: DraftView, pen: Pen): string[] {
  if (question === null) return [];
  const { look, paint, voice } = pen;
  return [
    ...indented(voice.say('drafts.question', { text: spoken(question.text, look) }), pen, 6).map(
      paint.yellow,
    ),
    ...question.options.flatMap(({ id, label }) => indented(`${id}: ${spoken(label, look)}`, pen, 8)),
    ...indented(
      voice.say('drafts.answer', { command: `--answer ${at}=${question.options[0]?.id ?? ''}` }),
      pen,
      8,
    ),
  ];
}

/** Kind, direction, start and target in the metric's unit, period and deadline. */
function promiseText(draft: DraftView, look: Look): string {
  const { say } = voiceOf(look);
  const { deadline, direction, goalKind, period } = draft;
  const parts = [
    `${say(`goal.${goalKind}`)}, ${say(`drafts.${direction}`)}: ${draftTarget(draft, look)}`,
    period === null ? null : say('drafts.per', { period }),
    deadline === null ? null : say('drafts.by', { day: deadline.day ?? oneLine(deadline.text) }),
  ];
  return parts.filter((part) => part !== null).join(' · ');
}

/** From where to where; while a question is open, the numbers as they are written. */
export function draftTarget(draft: DraftView, look: Look): string {
  const { say } = voiceOf(look);
  const { currency, goal, unit } = draft;
  const value = (amount: number | null) => formatValue(amount, { unit, currency }, look);
  switch (goal?.kind) {
    case undefined:
      return writtenTarget(draft, look);
    case 'reach':
      return `${value(goal.startValue)} → ${value(goal.targetValue)}`;
    case 'accumulate':
      return `${value(0)} → ${value(goal.targetValue)}`;
    case 'change': {
      const sign = goal.percent > 0 ? '+' : '';
      const points = goal.mode === 'points';
      const amount = `${sign}${number(goal.percent, look)}`;
      const change = points ? say('drafts.points', { points: amount }) : `${amount} %`;
      const relative = say('drafts.from_baseline', { change });
      if (goal.baselineValue === null) return relative;
      const b = goal.baselineValue;
      const target = points ? b + goal.percent / 100 : b * (1 + goal.percent / 100);
      return `${value(b)} → ${value(target)} (${relative})`;
    }
    case 'guardrail':
      if (goal.operator === 'at_least') return `≥ ${value(goal.lower ?? null)}`;
      if (goal.operator === 'at_most') return `≤ ${value(goal.upper ?? null)}`;
      return `${value(goal.lower ?? null)} … ${value(goal.upper ?? null)}`;
    case 'milestone': {
      const names = goal.steps.map(({ name }) => oneLine(name));
      const [only, ...others] = names;
      if (only !== undefined && others.length === 0) return `0 → 1 (${say('drafts.done')})`;
      return `0 → ${names.length} (${say('drafts.steps', { count: names.length, names: names.join('; ') })})`;
    }
    case 'recurring': {
      const { perPeriod, periods, periodUnit } = goal;
      const rhythm = say('drafts.rhythm', { count: perPeriod, unit: periodUnit, periods });
      return `0 → ${number(perPeriod * periods, look)} (${rhythm})`;
    }
  }
}

function writtenTarget({ currency, range, start, target, unitWords }: DraftView, look: Look): string {
  const value = (amount: number | null) => {
    if (amount === null) return formatValue(null, { unit: 'count', currency: null }, look);
    return [currency, number(amount, look), unitWords === currency ? null : unitWords]
      .filter((part) => part !== null)
      .join(' ');
  };
  return range === null
    ? `${value(start)} → ${value(target)}`
    : `${value(range.lower)} … ${value(range.upper)}`;
}

function metricText({ metric, tracking }: DraftView, look: Look): string {
  const { say } = voiceOf(look);
  const tagged = tracking === 'counted_when_tagged' ? [say('drafts.tagged')] : [];
  if (metric === null) return [say('drafts.no_metric'), ...tagged].join('; ');
  const params = Object.entries(metric.params).map(([name, value]) => `${name}=${valueText(value)}`);
  const named = say('drafts.metric', { title: spoken(metric.title, look), key: metric.key });
  return [named, ...params, ...tagged].join('; ');
}

function initiativeLines({ line, text }: { line: number; text: string }, { paint, voice }: Pen): string[] {
  return [
    `  ${voice.say('drafts.initiative', { text: oneLine(text) })}  ${paint.dim(voice.say('drafts.line', { line }))}`,
  ];
}

function unreadLines({ notUnderstood }: Pick<DraftsView, 'notUnderstood'>, pen: Pen): string[] {
  if (notUnderstood.length === 0) return [];
  const { look, paint, voice } = pen;
  return [
    '',
    paint.bold(voice.say('drafts.not_understood')),
    ...notUnderstood.flatMap(({ line, reason, text }) => [
      `  ${oneLine(text)}  ${paint.dim(voice.say('drafts.line', { line }))}`,
      ...indented(spoken(reason, look), pen, 6),
    ]),
  ];
}

function hintLines({ hints }: DraftsView, pen: Pen): string[] {
  if (hints.length === 0) return [];
  const { look, paint, voice } = pen;
  return [
    '',
    paint.bold(voice.say('drafts.hints')),
    ...hints.flatMap(({ at, text }) => {
      const place = at === null ? '' : `  (${voice.say('drafts.line', { line: at })})`;
      return indented(`${spoken(text, look)}${place}`, pen, 2);
    }),
  ];
}

/** What was stored, under which keys, and the one command that comes next for what nothing measures yet. */
export function renderImported(imported: ImportedView, look: Look): string {
  const pen = { look, voice: voiceOf(look), paint: paintOf(look.color) };
  const { say } = pen.voice;
  const { bold, dim } = pen.paint;
  const titles = new Map(
    imported.objectives.map(({ created, key, title }) => [
      key,
      created ? title : `${title} (${say('drafts.existing')})`,
    ]),
  );
  const groups = new Map<string, ImportedView['keyResults']>(imported.objectives.map(({ key }) => [key, []]));
  for (const each of imported.keyResults)
    groups.set(each.objectiveKey, [...(groups.get(each.objectiveKey) ?? []), each]);
  const stored = [...groups].flatMap(([key, keyResults]) => [
    `${bold(key)}  ${oneLine(titles.get(key) ?? '')}`,
    ...keyResults.flatMap((each) => [
      `  ${bold(each.key)}  ${oneLine(each.title)}  ${dim(say('drafts.line', { line: each.at }))}`,
      ...(each.metric === null ? [] : indented(boundText(each, pen), pen, 4)),
      ...noticeLines(each.warnings, look).flatMap((line) => indented(line, pen, 4)),
    ]),
  ]);
  const counts = {
    cycle: imported.cycle.key,
    objectives: imported.objectives.filter(({ created }) => created).length,
    keyResults: imported.keyResults.length,
    initiatives: imported.initiatives.length,
  };
  const left = imported.leftOut.map(
    ({ line, text }) =>
      `${say('drafts.left_out', { text: oneLine(text) })}  ${dim(say('drafts.line', { line }))}`,
  );
  return [
    say('drafts.stored', counts),
    '',
    ...stored,
    ...left,
    ...unreadLines(imported, pen),
    ...nextLines(imported, pen),
  ].join('\n');
}

function boundText(
  { boundBy, metric, sameWindow }: ImportedView['keyResults'][number],
  { voice }: Pen,
): string {
  const named = { metric: metric?.key ?? '', connection: metric?.connectionKey ?? '' };
  const bound = voice.say(boundBy === 'same_meaning' ? 'drafts.bound_same' : 'drafts.bound', named);
  return sameWindow ? bound : `${bound}, ${voice.say('drafts.other_window')}`;
}

function nextLines({ keyResults }: ImportedView, { voice }: Pen): string[] {
  const unbound = keyResults.filter(({ metric }) => metric === null);
  const status = ['', voice.say('drafts.next_status', { command: 'tidemark status' })];
  if (unbound.length === 0) return status;
  return ['', voice.say('drafts.next'), ...unbound.map((each) => `  ${nextCommand(each)}`), ...status];
}

/** Measures it where a connection can; otherwise lets people say how it stands. */
export function nextCommand({
  goal,
  key,
  measurable,
}: Pick<ImportedView['keyResults'][number], 'goal' | 'key' | 'measurable'>): string {
  const [first] = measurable;
  if (goal.kind === 'milestone') return `tidemark kr step ${key} 1 --done`;
  if (first !== undefined) {
    const params = first.required.map((name) => ` --param ${name}=…`).join('');
    return `tidemark kr measure ${key} --connection ${first.connectionKey}${params}`;
  }
  return `tidemark checkin ${key} ${goal.kind === 'accumulate' || goal.kind === 'recurring' ? '--add 1' : '--value …'}`;
}

function spoken(words: Words, look: Look): string {
  return plain(oneLine(look.lang === 'zh-CN' ? words.zh : words.en), look);
}

function placeText(parts: readonly (string | null)[]): string {
  return parts.flatMap((part) => (part === null ? [] : [oneLine(part)])).join(' · ');
}

function indented(text: string, { look }: Pen, by: number): string[] {
  const space = ' '.repeat(by);
  return wrap(plain(text, look), look.columns === null ? null : look.columns - by).map(
    (line) => `${space}${line}`,
  );
}
