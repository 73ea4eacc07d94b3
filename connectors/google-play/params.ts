import { z } from 'zod';
import type { Dimension } from './ratings-file.ts';

export const ratingParams = z
  .object({
    country: z
      .string()
      .trim()
      .toUpperCase()
      .regex(/^[A-Z]{2}$/, { error: 'Two letters of a country, such as US' })
      .optional()
      .describe('Only the ratings of one country, such as US'),
    appVersion: z
      .string()
      .trim()
      .regex(/^(?:newest|\d{1,10})$/, { error: 'Write newest, or a version code such as 4021' })
      .optional()
      .describe('Only the ratings of one version: its version code, or newest'),
  })
  .superRefine(({ appVersion, country }, context) => {
    if (appVersion === undefined || country === undefined) return;
    const message = 'Play tells countries or versions, and not both at once';
    context.addIssue({ code: 'custom', path: ['appVersion'], message });
  });
export type RatingParams = z.output<typeof ratingParams>;

export function dimensionOf({ appVersion, country }: RatingParams): Dimension {
  if (country !== undefined) return 'country';
  return appVersion === undefined ? 'overview' : 'app_version';
}
