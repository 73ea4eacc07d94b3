import { z } from 'zod';
import type { DayWindow } from '../sdk/index.ts';
import type { MixpanelContext } from './client.ts';
import { EVERY_DAY, type Period, periodShape } from './periods.ts';

/** Mixpanel's words for all events, and for different people. */
export type CountType = 'general' | 'unique';

/** One number by period that Mixpanel counts. `where` null: without a filter. */
export type CountQuestion = { type: CountType; event: string; where: string | null; period: Period };

export const eventName = z
  .string({ error: 'Name the event as Mixpanel does, for example Sign Up' })
  .min(1)
  .max(255);
export const filter = z.string().trim().min(1).max(500).optional();
const FILTER_EXAMPLE = 'Mixpanel filter, for example properties["plan"]=="pro"';

export const countParams = z.object({
  event: eventName.describe('Name of the event'),
  where: filter.describe(FILTER_EXAMPLE),
});
export type CountParams = z.infer<typeof countParams>;

/** Filtered counts come from `/segmentation`, which knows no weeks, and days of people cannot be folded into one. */
const NO_FILTERED_WEEKS = {
  error: 'Mixpanel counts a filtered event by day or month only; leave out the filter or choose another unit',
  path: ['unit'],
};

export const peopleParams = countParams
  .extend(periodShape)
  .refine(({ unit, where }) => unit !== 'week' || where === undefined, NO_FILTERED_WEEKS);
export type PeopleParams = z.infer<typeof peopleParams>;

export const uniqueRatioParams = z
  .object({
    event: eventName.describe('Event whose people are counted, for example Report Shared'),
    where: filter.describe(FILTER_EXAMPLE),
    ofEvent: eventName.describe('Event whose people they are divided by, for example Page Viewed'),
    ofWhere: filter.describe('Filter on the event whose people they are divided by'),
    ...periodShape,
  })
  .refine(
    ({ ofWhere, unit, where }) => unit !== 'week' || (where === undefined && ofWhere === undefined),
    NO_FILTERED_WEEKS,
  );
export type UniqueRatioParams = z.infer<typeof uniqueRatioParams>;

export const propertyParams = countParams.extend({
  property: z
    .string({ error: 'Name the property as Mixpanel does, for example amount' })
    .min(1)
    .max(255)
    .regex(/^[^"\\]+$/, { error: 'The name of a property has neither a quote nor a backslash here' })
    .describe('Property of the event that holds a number'),
});
export type PropertyParams = z.infer<typeof propertyParams>;

/** How often an event happened. */
export function totalQuestion({ event, where }: CountParams): CountQuestion {
  return { type: 'general', event, where: where ?? null, period: EVERY_DAY };
}

/** How many different people did it in each period. */
export function peopleQuestion({ event, unit, weekStart, where }: PeopleParams): CountQuestion {
  return { type: 'unique', event, where: where ?? null, period: { unit, weekStart } };
}

/** How often, and by how many people. */
export function perUserQuestions(params: PeopleParams): [CountQuestion, CountQuestion] {
  const people = peopleQuestion(params);
  return [{ ...people, type: 'general' }, people];
}

/** People of the one event, and those of the other. */
export function ratioQuestions(params: UniqueRatioParams): [CountQuestion, CountQuestion] {
  const { ofEvent, ofWhere } = params;
  return [peopleQuestion(params), peopleQuestion({ ...params, event: ofEvent, where: ofWhere })];
}

/** How many events carry the property: those without it have no part in its average. */
export function carriersQuestion({ event, property, where }: PropertyParams): CountQuestion {
  const carries = `defined(properties["${property}"])`;
  const filtered = where === undefined ? carries : `(${where}) and ${carries}`;
  return { type: 'general', event, where: filtered, period: EVERY_DAY };
}

function asked<Params>(schema: z.ZodType<Params>, questions: (params: Params) => CountQuestion[]) {
  return (params: unknown): CountQuestion[] => {
    const parsed = schema.safeParse(params);
    return parsed.success ? questions(parsed.data) : [];
  };
}

/** Which counts each metric needs: one call answers all that a run asks of the same days. */
const COUNTS_OF: Readonly<Record<string, (params: unknown) => CountQuestion[]>> = {
  event_total: asked(countParams, (params) => [totalQuestion(params)]),
  unique_users: asked(peopleParams, (params) => [peopleQuestion(params)]),
  events_per_user: asked(peopleParams, perUserQuestions),
  unique_ratio: asked(uniqueRatioParams, ratioQuestions),
  event_property_average: asked(propertyParams, (params) => [carriersQuestion(params)]),
};

/** Every count that the reads of a run need, with the window each is needed for. */
export function countsOfRun({ reads }: MixpanelContext): { question: CountQuestion; window: DayWindow }[] {
  return reads.flatMap(({ metric, params, window }) =>
    (COUNTS_OF[metric]?.(params) ?? []).map((question) => ({ question, window })),
  );
}
