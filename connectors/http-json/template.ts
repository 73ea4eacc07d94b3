import type { DayWindow } from '../sdk/index.ts';

/** What may stand in a path or a body, between two braces on each side. Nothing else is replaced, and nothing is computed. */
export const PLACEHOLDERS = [
  'start',
  'end',
  'start_day',
  'end_day',
  'last_day',
  'start_unix',
  'end_unix',
  'start_ms',
  'end_ms',
  'tz',
  'day',
  'page',
  'offset',
  'cursor',
] as const;
export type Placeholder = (typeof PLACEHOLDERS)[number];

/** Values by placeholder, and by the names of a preset's parameters. */
export type Values = Readonly<Record<string, string | number | null>>;

const MARK = /\{\{\s*([A-Za-z_]+)\s*\}\}/g;

/** The placeholders of a text that are none; also braces that are no placeholder at all. */
export function unknownPlaceholders(text: string, known: readonly string[]): string[] {
  const wrong = [...text.matchAll(MARK)].map(([, name = '']) => name).filter((name) => !known.includes(name));
  return text.replaceAll(MARK, '').includes('{{') ? [...wrong, '{{'] : wrong;
}

export function uses(text: string, name: Placeholder): boolean {
  return [...text.matchAll(MARK)].some(([, found]) => found === name);
}

/** A path with its values, each percent-encoded: none can add a parameter or leave the path. */
export function filledPath(text: string, values: Values): string {
  return text.replaceAll(MARK, (mark, name: string) => {
    const value = values[name];
    return value === undefined ? mark : encodeURIComponent(value ?? '');
  });
}

/** JSON with its values. A text that is one placeholder becomes the value itself: a number, or null for no cursor yet. */
export function filledBody(body: unknown, values: Values): unknown {
  if (typeof body === 'string') return filledText(body, values);
  if (Array.isArray(body)) return body.map((item) => filledBody(item, values));
  if (typeof body !== 'object' || body === null) return body;
  return Object.fromEntries(Object.entries(body).map(([name, item]) => [name, filledBody(item, values)]));
}

function filledText(text: string, values: Values): string | number | null {
  const alone = /^\{\{\s*([A-Za-z_]+)\s*\}\}$/.exec(text)?.[1];
  if (alone !== undefined && values[alone] !== undefined) return values[alone];
  return text.replaceAll(MARK, (mark, name: string) => {
    const value = values[name];
    return value === undefined ? mark : String(value ?? '');
  });
}

/** What the days of a window are called. `lastDay` is the last one of it. */
export function windowValues(window: DayWindow, lastDay: string): Values {
  const [start, end] = [window.startAt.getTime(), window.endAt.getTime()];
  return {
    start: window.startAt.toISOString(),
    end: window.endAt.toISOString(),
    start_day: window.startDay,
    end_day: window.endDay,
    last_day: lastDay,
    start_unix: Math.floor(start / 1_000),
    end_unix: Math.floor(end / 1_000),
    start_ms: start,
    end_ms: end,
    tz: window.timeZone,
    day: window.startDay,
  };
}
