import type { CatalogMetric } from '../catalog/types.ts';
import { csat } from './csat.ts';
import { nps, npsAverage } from './nps.ts';
import { storeRating, storeRatingDelta } from './store-rating.ts';

export const surveyMetrics: readonly CatalogMetric[] = [nps, npsAverage, csat, storeRating, storeRatingDelta];
