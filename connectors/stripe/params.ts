import { z } from 'zod';

export const currency = z
  .string({ error: 'Name the currency with three letters, for example eur' })
  .trim()
  .toLowerCase()
  .regex(/^[a-z]{3}$/, { error: 'Name the currency with three letters, for example eur' })
  .describe('Only money in this currency is counted');
