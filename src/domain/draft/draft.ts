import type { Stage } from '../catalog/types.ts';
import { activityOf } from './activities.ts';
import { findEntry } from './lexicon.ts';
import type { LexiconEntry } from './lexicon-types.ts';
import { isPerHead } from './period.ts';
import type { Reading } from './reading.ts';
import type { Scanned } from './scan.ts';
import type { AarrrStage, Assumption, KeyResultDraft, ProposedMetric, ReadTextOptions } from './types.ts';

/** Where a draft stands in the text. */
export type Place = {
  text: string;
  readAs: string | null;
  label: string | null;
  line: number;
  lastLine: number;
};

/** All that the makers of a draft look at. */
export type Sentence = {
  scanned: Scanned;
  entry: LexiconEntry | null;
  options: ReadTextOptions;
  blank: KeyResultDraft;
};

const aarrrOf: Readonly<Partial<Record<Stage, AarrrStage>>> = {
  acquisition: 'acquisition',
  activation: 'activation',
  retention: 'retention',
  referral: 'referral',
  revenue: 'revenue',
  engagement: 'retention',
  satisfaction: 'retention',
};

export function aarrr(stage: Stage | null): AarrrStage | null {
  return stage === null ? null : (aarrrOf[stage] ?? null);
}

/** What every draft of the sentence starts as; the maker of its form fills in the rest. */
export function sentenceOf(scanned: Scanned, place: Place, options: ReadTextOptions): Sentence {
  const entry = findEntry(scanned.subject);
  const [deadline] = scanned.deadlines;
  const quarters: Assumption[] =
    deadline?.quarter == null ? [] : [{ code: 'calendar_quarter', values: { quarter: deadline.quarter } }];
  const period = scanned.periods.find(({ adjective }) => !adjective) ?? scanned.periods[0];
  const blank: KeyResultDraft = {
    ...place,
    language: scanned.language,
    form: 'absolute',
    recurring: false,
    direction: 'up',
    start: null,
    target: null,
    range: null,
    relative: null,
    relativeIn: null,
    unit: 'count',
    unitWords: null,
    currency: null,
    period: period?.unit ?? null,
    deadline: deadline?.deadline ?? null,
    goalKind: 'reach',
    goal: null,
    metric: null,
    stage: null,
    aarrr: null,
    tracking: 'check_in',
    assumptions: quarters,
    question: null,
    answered: null,
    problems: [],
  };
  return { scanned, entry, options, blank };
}

/** Stage, metric and tracking of a measured sentence; nothing is proposed where nothing is recognised. */
export function measuredBy(
  { scanned, entry }: Sentence,
  aggregated: boolean,
  fits: boolean,
): Pick<KeyResultDraft, 'metric' | 'stage' | 'aarrr' | 'tracking'> {
  if (entry === null) {
    const { stage } = activityOf(scanned.subject);
    return { metric: null, stage, aarrr: aarrr(stage), tracking: 'check_in' };
  }
  const { stage } = entry;
  if (!fits) return { metric: null, stage, aarrr: aarrr(stage), tracking: 'check_in' };
  const metric: ProposedMetric = {
    key: entry.key,
    params: { ...entry.params, ...saidParams(scanned, entry) },
    window: entry.window,
    aggregate: aggregated ? entry.aggregate : null,
  };
  return { metric, stage, aarrr: aarrr(stage), tracking: entry.tracking };
}

/** What the sentence itself says of the definition: the days of a retention, how often content was created. */
function saidParams(scanned: Scanned, entry: LexiconEntry): ProposedMetric['params'] {
  if (entry.key === 'retention' && scanned.retention !== null) {
    const { fromDay, toDay } = scanned.retention;
    return { bracketDays: [fromDay, toDay] as const };
  }
  const times = timesPerPerson(scanned);
  if (entry.key === 'activation_rate' && times !== null) return { minCount: times };
  if (entry.key !== 'tagged_ticket_count') return {};
  const tag = /usability|可用性|易用性/i.test(scanned.subject) ? 'usability' : null;
  return tag === null ? {} : { tag };
}

function timesPerPerson({ quantities }: Scanned): number | null {
  return quantities.find(({ aside, kind }) => aside && kind === 'plain')?.value ?? null;
}

/** The assumptions of the metric, with what the sentence says in the place of the defaults. */
export function metricAssumptions({ scanned, entry }: Sentence): Assumption[] {
  if (entry === null) return [];
  const own = entry.assumptions.map((assumption): Assumption => {
    if (assumption.code !== 'retention_bracket' || scanned.retention === null) return assumption;
    return { code: 'retention_bracket', values: scanned.retention };
  });
  const times = entry.key === 'activation_rate' ? timesPerPerson(scanned) : null;
  return times === null ? own : [...own, { code: 'at_least_times', values: { times } }];
}

/** "per month" of a total is judged month after month; of a number per person it is only its unit. */
export function isRecurring({ scanned }: Sentence): boolean {
  const period = scanned.periods.find(({ adjective }) => !adjective);
  if (period === undefined || period.unit === 'sprint' || period.unit === 'release') return false;
  return !isPerHead(scanned.text);
}

export type Kind<Name extends Reading['kind']> = Extract<Reading, { kind: Name }>;
