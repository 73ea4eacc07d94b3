import { z } from 'zod';
import { minorScale } from './money.ts';
import { pickOf, pickText } from './pick.ts';
import type { Paging, Picking, Question } from './question.ts';
import { PLACEHOLDERS, unknownPlaceholders, uses } from './template.ts';

const template = z
  .string()
  .min(1)
  .max(1_500)
  .superRefine((text, context) => {
    const wrong = unknownPlaceholders(text, PLACEHOLDERS);
    if (wrong.length === 0) return;
    const known = PLACEHOLDERS.map((name) => `{{${name}}}`).join(', ');
    context.addIssue({ code: 'custom', message: `"${wrong[0]}" is no placeholder; there are ${known}` });
  });

const path = template
  .regex(/^[\x21-\x7e]*$/, { error: 'Write the path as it stands in an address, without blanks' })
  .refine(
    (text) => !/^(\/\/|[A-Za-z][A-Za-z0-9+.-]*:)/.test(text) && !text.includes('#') && !text.includes('\\'),
    {
      error: 'Write a path below the address of the connection, such as /v1/stats?from={{start_day}}',
    },
  )
  .refine((text) => !/(^|\/)\.\.?(\/|$|\?)/.test(text), {
    error: 'Write the path without "." and ".." parts',
  })
  .describe('Path below the address, with its query; {{start_day}} and other placeholders may stand in it');

const body = z
  .string()
  .max(20_000)
  .superRefine((text, context) => {
    const wrong = unknownPlaceholders(text, PLACEHOLDERS);
    if (wrong.length > 0) context.addIssue({ code: 'custom', message: `"${wrong[0]}" is no placeholder` });
    if (parsedBody(text) === undefined)
      context.addIssue({ code: 'custom', message: 'Write JSON, with placeholders inside its texts' });
  })
  .optional()
  .describe('JSON that is sent by POST; a text that is one placeholder becomes its value');

/** @returns undefined for what is no JSON object or list */
function parsedBody(text: string): unknown {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null ? parsed : undefined;
  } catch {
    return undefined;
  }
}

const decimal = z
  .union([z.string(), z.number()])
  .transform(String)
  .refine((text) => /^-?\d{1,20}(\.\d{1,20})?$/.test(text), { error: 'Write a plain decimal such as 0.01' });

const UNITS = ['count', 'ratio', 'duration', 'money', 'rating', 'score'] as const;
/** Letters of any language. */
const CUSTOM = /^custom:[\p{L}\p{N} _%/.-]{1,40}$/u;
const unit = z
  .union([z.enum(UNITS), z.templateLiteral(['custom:', z.string()]).refine((text) => CUSTOM.test(text))], {
    error: `One of ${UNITS.join(', ')}, or custom: and a word`,
  })
  .default('count')
  .describe('What the number counts');

/** What every metric of one's own says, whatever its answer looks like. */
const common = {
  path,
  body,
  unit,
  currency: z
    .string()
    .regex(/^[A-Za-z]{3}$/, { error: 'A currency code such as EUR' })
    .optional(),
  moneyIn: z
    .enum(['minor', 'major'])
    .default('major')
    .describe('major: amounts are in euros and become cents; minor: they are in cents'),
  kind: z.enum(['flow', 'stock', 'ratio', 'distinct']).default('flow').describe('How days combine'),
  value: pickText.optional().describe('Where the number stands: a JSON Pointer or a JSONPath'),
  numerator: pickText.optional(),
  denominator: pickText.optional(),
  combine: z
    .enum(['error', 'sum', 'avg', 'min', 'max', 'last', 'count'])
    .default('error')
    .describe('What several numbers of a day become'),
  scale: decimal.optional().describe('The number is multiplied by this'),
  offset: decimal.optional().describe('Added after that'),
  absent: z.enum(['error', 'none']).default('error').describe('What it means that the number is not there'),
  errorAt: pickText.optional().describe('Where the answer tells an error in spite of its status'),
  settlesAfterHours: z
    .int()
    .min(0)
    .max(24 * 90)
    .default(24),
  rereadDays: z.int().min(0).max(90).default(3),
};

const list = {
  items: pickText.optional().describe('Where the list is'),
  missing: z.enum(['zero', 'none']).default('none').describe('What a day is that a whole answer leaves out'),
  paging: z.enum(['none', 'link_header', 'next_url', 'cursor', 'page', 'offset']).default('none'),
  pagingAt: pickText
    .optional()
    .describe('next_url, cursor: where it stands; page, offset: where the total stands'),
  pageParam: z
    .string()
    .regex(/^[A-Za-z0-9_.[\]-]{1,100}$/, { error: 'The name of a query parameter' })
    .optional()
    .describe('The query parameter of cursor, page or offset; without it {{cursor}}, {{page}} or {{offset}}'),
  pageSize: z.int().min(1).max(100_000).optional().describe('A page with fewer items is the last one'),
  firstPage: z.int().min(0).max(1).default(1),
};

export const currentParams = z.object(common).superRefine(checkCommon);
export const dailyParams = z
  .object({ ...common, ...list })
  .superRefine(checkCommon)
  .superRefine(checkList);
export const seriesParams = z
  .object({
    ...common,
    ...list,
    items: pickText.describe('Where the list is: a JSON Pointer or a JSONPath'),
    day: pickText.describe('Where an item says its day'),
    dayAs: z.enum(['date', 'instant', 'unix', 'unix_ms']).default('date').describe('How the day is written'),
    maxDays: z.int().min(1).max(10_000).optional().describe('Days that one request may ask for'),
  })
  .superRefine(checkCommon)
  .superRefine(checkList);

type Common = z.infer<z.ZodObject<typeof common>>;
export type CurrentParams = z.infer<typeof currentParams>;
export type DailyParams = z.infer<typeof dailyParams>;
export type SeriesParams = z.infer<typeof seriesParams>;
type Loose<T> = { [Name in keyof T]?: T[Name] | undefined };
/** Of the three shapes of parameters, what a question is made of. */
export type AnyParams = Common &
  Loose<z.infer<z.ZodObject<typeof list>>> &
  Loose<Pick<SeriesParams, 'day' | 'dayAs' | 'maxDays'>>;
type Refusal = (field: string, message: string) => void;

function refusal(context: z.RefinementCtx): Refusal {
  return (field, message) => context.addIssue({ code: 'custom', path: [field], message });
}

function checkCommon(params: Common, context: z.RefinementCtx): void {
  const refuse = refusal(context);
  const { combine, currency, denominator, kind, numerator, unit: of, value } = params;
  if (kind === 'ratio') {
    if (numerator === undefined || denominator === undefined)
      refuse(
        'numerator',
        'A ratio needs numerator and denominator; for a finished percentage choose the kind stock',
      );
    if (value !== undefined) refuse('value', 'A ratio has numerator and denominator instead');
    if (params.scale !== undefined || params.offset !== undefined) refuse('scale', 'A ratio is not scaled');
    if (!['error', 'sum', 'last'].includes(combine)) refuse('combine', 'Of a ratio: error, sum or last');
  } else {
    if (value === undefined && combine !== 'count')
      refuse('value', 'Say where the number stands, such as /data/total');
    if (numerator !== undefined || denominator !== undefined)
      refuse('numerator', 'Only the kind ratio has numerator and denominator');
  }
  if ((of === 'money') !== (currency !== undefined))
    refuse('currency', of === 'money' ? 'Say the currency of the money' : 'Only money has a currency');
}

function checkList(params: AnyParams, context: z.RefinementCtx): void {
  const refuse = refusal(context);
  const { body: text = '', items, missing, pageParam, paging = 'none', pagingAt, path: address } = params;
  if (missing === 'zero' && (items === undefined || !pickOf(items).single))
    refuse(
      'missing',
      'Zero needs a list at one place, such as /data: of a search nobody knows whether it looked at all',
    );
  if (missing === 'zero' && params.kind === 'ratio')
    refuse('missing', 'A ratio of nothing is none, and not zero');
  if (paging === 'none') return;
  if (items === undefined) refuse('items', 'Pages are of a list: say where it is');
  if ((paging === 'next_url' || paging === 'cursor') && pagingAt === undefined)
    refuse('pagingAt', 'Say where the answer tells what comes next');
  const placed = paging === 'cursor' || paging === 'page' || paging === 'offset' ? paging : null;
  if (placed !== null && pageParam === undefined && !uses(address, placed) && !uses(text, placed))
    refuse('pageParam', `Name the query parameter, or write {{${placed}}} into path or body`);
}

/** The question that these parameters ask. */
export function questionOf(per: Question['per'], params: AnyParams): Question {
  const { body: text, errorAt, maxDays } = params;
  return {
    method: text === undefined ? 'GET' : 'POST',
    path: params.path,
    ...(text === undefined ? {} : { body: parsedBody(text) }),
    per,
    ...(maxDays === undefined ? {} : { maxDays }),
    paging: pagingOf(params),
    errorsAt: errorAt === undefined ? [] : [errorAt],
    pick: pickingOf(params),
  };
}

function pickingOf(params: AnyParams): Picking {
  const { currency, day, dayAs = 'date', moneyIn, scale, unit: of } = params;
  const inMinor = of === 'money' && moneyIn === 'major' ? minorScale(scale, currency ?? '') : scale;
  return {
    ...defined({ items: params.items, value: params.value, day }),
    ...defined({ numerator: params.numerator, denominator: params.denominator, offset: params.offset }),
    ...defined({ scale: inMinor }),
    ...(of === 'money' ? { whole: true } : {}),
    dayAs,
    combine: params.combine,
    absent: params.absent,
    missing: params.missing ?? 'none',
  };
}

function pagingOf({ firstPage = 1, pageParam, pageSize, paging = 'none', pagingAt }: AnyParams): Paging {
  const where = { ...defined({ param: pageParam }), ...(pageSize === undefined ? {} : { size: pageSize }) };
  switch (paging) {
    case 'next_url':
      return { kind: 'next_url', at: pagingAt ?? '' };
    case 'cursor':
      return { kind: 'cursor', at: pagingAt ?? '', ...defined({ param: pageParam }) };
    case 'page':
      return { kind: 'page', first: firstPage, ...where, ...defined({ totalAt: pagingAt }) };
    case 'offset':
      return { kind: 'offset', ...where, ...defined({ totalAt: pagingAt }) };
    default:
      return { kind: paging };
  }
}

type Defined<T> = { [Name in keyof T]?: Exclude<T[Name], undefined> };

/** Without what was not given. */
function defined<T extends Record<string, unknown>>(given: T): Defined<T> {
  const known = Object.entries(given).filter(([, value]) => value !== undefined);
  return Object.fromEntries(known) as Defined<T>; // the same fields, but for those without a value
}
