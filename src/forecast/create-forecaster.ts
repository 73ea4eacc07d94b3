import { forecast } from '../domain/forecast/forecast.ts';
import { type IntervalModel, MODELLED } from '../domain/forecast/members.ts';
import type { Forecast, ForecastQuestion } from '../domain/forecast/types.ts';
import { forecastByAugurs } from './augurs.ts';

/** The forecast as the product makes it. The same question gets the same answer in every process. */
export function createForecaster(): (question: ForecastQuestion) => Forecast {
  return (question) => forecast(question, intervalsOf);
}

/** The outside model on the newest points of a series, or null where it finds none: smoothing then stands in for it. */
export const intervalsOf: IntervalModel = ({ aheadSteps, z }, periods) => {
  if (aheadSteps.length === 0) return null;
  try {
    return forecastByAugurs(z.slice(-MODELLED), periods, aheadSteps.length);
  } catch {
    // It says so by throwing. The evidence shows it: the forecast lists the members that had something to say.
    return null;
  }
};
