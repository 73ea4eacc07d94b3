import type { Forecaster } from '../domain/outlook.ts';
import { questionOf } from './pose.ts';
import type { PredictAnswer, PredictLine } from './protocol.ts';

/** One line of the predict track: nothing but the line itself is used. */
export function predict(line: PredictLine, forecast: Forecaster): PredictAnswer {
  const { pHit, quantiles } = forecast(questionOf(line));
  return { id: line.id, p_hit: pHit, q: quantiles };
}
