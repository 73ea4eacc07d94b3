import type { AlertConfig } from '../domain/alert.ts';
import type { Forecaster } from '../domain/outlook.ts';
import { predict } from './predict.ts';
import { type Gran, predictLine, type ReplayLine, replayLine } from './protocol.ts';
import { type Followed, open, tick } from './replay.ts';

/** What becomes of a line: an answer, nothing, or one sentence why it is not understood. */
export type Handled = { answer: object | null; problem: string | null };

export type LineHandler = (line: string) => Handled;

/**
 * Answers the lines of both tracks of the benchmark, each by itself: the predict track keeps nothing between lines, the
 * replay track what it knows of each Key Result that is open.
 *
 * @param configOf the alert rule by the step of the series
 */
export function createLineHandler(forecast: Forecaster, configOf: (gran: Gran) => AlertConfig): LineHandler {
  const followed = new Map<string, Followed>();

  const replay = (line: ReplayLine): Handled => {
    if (line.op === 'open') {
      followed.set(line.kr.id, open(line));
      return nothing;
    }
    if (line.op === 'close') {
      followed.delete(line.kr_id);
      return nothing;
    }
    const known = followed.get(line.kr_id);
    if (known === undefined) return failed(line.id, `"${line.kr_id}" is not open`);
    try {
      return { answer: tick(known, line, forecast, configOf(known.gran)), problem: null };
    } catch (error) {
      return failed(line.id, sentence(error));
    }
  };

  return (text) => {
    const parsed = parse(text);
    if (parsed === null) return refused('it is not JSON');
    if (isReplay(parsed)) {
      const line = replayLine.safeParse(parsed);
      return line.success ? replay(line.data) : refused(whereAndWhy(line.error.issues[0]));
    }
    const line = predictLine.safeParse(parsed);
    if (!line.success) return refused(whereAndWhy(line.error.issues[0]));
    try {
      return { answer: predict(line.data, forecast), problem: null };
    } catch (error) {
      // Nothing is known, which is what one half says; the next line must not wait for an answer that never comes.
      return { answer: { id: line.data.id, p_hit: 0.5 }, problem: sentence(error) };
    }
  };
}

const nothing: Handled = { answer: null, problem: null };

function refused(problem: string): Handled {
  return { answer: null, problem };
}

function failed(id: string, problem: string): Handled {
  return {
    answer: { id, p_hit: null, smoothed: null, state: 'error', status: 'unknown', notify: false },
    problem,
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

function isReplay(parsed: unknown): boolean {
  return typeof parsed === 'object' && parsed !== null && 'op' in parsed;
}

function whereAndWhy(issue: { path: PropertyKey[]; message: string } | undefined): string {
  if (issue === undefined) return 'it is not understood';
  return `${issue.path.map(String).join('.')}: ${issue.message}`;
}

function sentence(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
