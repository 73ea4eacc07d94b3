import { type Acceptance, ConnectorError, type DayWindow, localDay } from '../sdk/index.ts';
import type { AnyContext, Api } from './api.ts';
import type { Question } from './question.ts';
import { readQuestion } from './read.ts';
import type { Values } from './template.ts';

const DAY_MS = 86_400_000;

/**
 * Tries the question on yesterday, or on the present. What the answer does not fit is told before anything is stored.
 *
 * @throws ConnectorError when the API could not be asked, or refuses the key
 */
export async function acceptQuestion(
  context: AnyContext,
  api: Api,
  question: Question,
  values: readonly Values[] = [{}],
  timeZone: string | null = null,
): Promise<Acceptance> {
  const accepted: Acceptance = { problems: [], warnings: [], timeZone, currency: null };
  try {
    const { points } = await readQuestion(context, api, question, trialWindow(question, context.now), values);
    if (points.some(({ value }) => value !== null)) return accepted;
    const when = question.per === 'now' ? 'now' : 'for yesterday';
    return {
      ...accepted,
      warnings: [`The answer holds no value ${when}. Check the path and where the number stands.`],
    };
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    const isTheirs = error.errorClass === 'config' || error.errorClass === 'schema_drift';
    if (!isTheirs) throw error;
    const problem = error.message.replace(' The last values stay until Tidemark understands it.', '');
    return { ...accepted, problems: [problem.replace(' changed the shape of ', ', ')] };
  }
}

function trialWindow({ per }: Question, now: Date): DayWindow {
  const today = localDay(now, 'UTC');
  const day = per === 'now' ? today : localDay(new Date(now.getTime() - DAY_MS), 'UTC');
  const startAt = new Date(`${day}T00:00:00Z`);
  const endAt = new Date(startAt.getTime() + DAY_MS);
  return { startDay: day, endDay: localDay(endAt, 'UTC'), timeZone: 'UTC', startAt, endAt };
}
