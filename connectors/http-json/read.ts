import {
  begunDays,
  type Completeness,
  ConnectorError,
  type DayWindow,
  instantOfWall,
  localDay,
  type MetricReading,
  mergeCompleteness,
  type PointReading,
} from '../sdk/index.ts';
import type { AnyContext, Api } from './api.ts';
import { createClient, told } from './client.ts';
import { type Sample, samplesIn } from './items.ts';
import { walkAnswers } from './paging.ts';
import { pointsOf } from './points.ts';
import type { Question } from './question.ts';
import { filledPath, type Values, windowValues } from './template.ts';

const DAY_MS = 86_400_000;
/** One request a day: three years of them. */
const MAX_DAYS = 1_100;

/**
 * Reads a question over a window. `values` are those of a preset's parameters; with several, each is asked for in turn,
 * and what they answer is put together by day.
 *
 * @throws ConnectorError; a reading is whole or there is none
 */
export async function readQuestion(
  context: AnyContext,
  api: Api,
  question: Question,
  window: DayWindow,
  values: readonly Values[] = [{}],
): Promise<MetricReading> {
  const client = createClient(context, api);
  const days = begunDays(window, context.now);
  const samples: Sample[] = [];
  const proofs: Completeness[] = [];
  for (const part of partsOf(context, question, window, days)) {
    for (const own of values) {
      const all = { ...own, ...windowValues(part.window, part.lastDay) };
      const request = told(
        {
          method: question.method,
          url: client.address(filledPath(question.path, { ...all, page: '', cursor: '', offset: '' })),
        },
        client.secrets,
      );
      const source = {
        provider: api.provider,
        request,
        secrets: client.secrets,
        timeZone: window.timeZone,
        day: part.day,
      };
      const proof = await walkAnswers(context, api.provider, client, question, all, (json) => {
        const found = samplesIn(json, question.pick, source);
        for (const sample of found.samples) if (days.includes(sample.day)) samples.push(sample);
        return found.count;
      });
      proofs.push(proof);
    }
  }
  const points = pointsOf(api.provider, samples, question.pick);
  return withMissing(points, days, question, mergeCompleteness(...proofs));
}

type Part = { window: DayWindow; lastDay: string; day: string | null };

/** What is asked for one after the other: the window or pieces of it, each of its days, or today. */
function partsOf(
  context: AnyContext,
  question: Question,
  window: DayWindow,
  days: readonly string[],
): Part[] {
  const today = localDay(context.now, window.timeZone);
  if (question.per === 'now') {
    return days.includes(today) ? [{ window: piece(window, today, today), lastDay: today, day: today }] : [];
  }
  if (question.per === 'day') {
    if (days.length > MAX_DAYS) throw tooManyDays(days.length);
    return days.map((day) => ({ window: piece(window, day, day), lastDay: day, day }));
  }
  const size = question.maxDays ?? Math.max(1, days.length);
  const parts: Part[] = [];
  for (let from = 0; from < days.length; from += size) {
    const some = days.slice(from, from + size);
    const [first, last] = [some[0], some.at(-1)];
    if (first !== undefined && last !== undefined)
      parts.push({ window: piece(window, first, last), lastDay: last, day: null });
  }
  return parts;
}

/** The window of these days, both included. */
function piece({ timeZone }: DayWindow, first: string, last: string): DayWindow {
  const endDay = new Date(Date.parse(last) + DAY_MS).toISOString().slice(0, 10);
  const at = (day: string): Date => new Date(instantOfWall(Date.parse(day), timeZone));
  return { startDay: first, endDay, timeZone, startAt: at(first), endAt: at(endDay) };
}

function withMissing(
  points: PointReading[],
  days: readonly string[],
  { per, pick }: Question,
  completeness: Completeness,
): MetricReading {
  const known = new Map(points.map((point) => [point.day, point]));
  const missing = days.filter((day) => !known.has(day));
  if (missing.length === 0 || per === 'now') return { points, completeness };
  if (pick.missing === 'zero')
    return { points: days.map((day) => known.get(day) ?? { day, value: '0' }), completeness };
  const notes = [...completeness.notes, `the answer leaves out ${missing.length} of the days asked for`];
  return { points, completeness: { ...completeness, notes } };
}

function tooManyDays(days: number): ConnectorError {
  const message = `${days} days would be ${days} requests; at most ${MAX_DAYS} are made. Ask for a shorter time.`;
  return new ConnectorError(message, {
    errorClass: 'too_large',
    code: 'too_many_days',
    remedy: { by: 'maintainer' },
  });
}
