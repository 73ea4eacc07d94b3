import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Company } from './model/company.ts';

/** A company to serve instead of Acme, and the zone in which it counts its days. */
export type CompanyFile = { company: Partial<Company>; timeZone: string };

type Range = readonly [least: number, most: number];

/** Beyond these the model either makes no sense or takes minutes to play. */
const RANGES = {
  customersAtStart: [0, 2_000],
  dailySignups: [0, 20],
  yearlyGrowth: [-0.9, 3],
  churn: [0, 1],
  upgrades: [0, 1],
  downgrades: [0, 1],
  heldDowngrades: [0, 1],
  savingCoupons: [0, 1],
  pauses: [0, 1],
  euroShare: [0, 1],
  failedPayments: [0, 1],
  refunds: [0, 1],
  disputes: [0, 1],
  salesPerWorkday: [0, 100],
  dailyVisitors: [0, 300],
  signUpShare: [0, 1],
  activationShare: [0, 1],
  monthlyReturn: [0, 1],
  surveyAnswers: [0, 1],
  surveyMean: [0, 10],
  surveyYearlyGain: [-5, 5],
  engagement: [0.1, 20],
  referralShare: [0, 1],
  formLoss: [0, 0.9],
  freeTrials: [0, 1],
  reviewPrompts: [0, 1],
} as const satisfies Record<Exclude<keyof Company, 'name' | 'country'>, Range>;

type NumberField = keyof typeof RANGES;

const NAME_LENGTH = 60;
const allowed: Record<string, string> = {
  name: `a text of 1 to ${NAME_LENGTH} characters`,
  country: 'a country code of two capital letters such as "US"',
  timeZone: 'a time zone such as "America/New_York"',
  ...Object.fromEntries(
    Object.entries(RANGES).map(([field, [least, most]]) => [
      field,
      `a${field === 'customersAtStart' ? ' whole' : ''} number from ${least} to ${most}`,
    ]),
  ),
};

const schema = z.strictObject({
  name: z.string().min(1).max(NAME_LENGTH),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .default('US'),
  timeZone: z.string().refine(isTimeZone).default('UTC'),
  ...numberFields(),
});

/**
 * Reads a company from a JSON file. What it leaves out is as at Acme; only the name must be there.
 *
 * @throws RangeError with one sentence that names the field, its value and what is allowed
 */
export function readCompanyFile(path: string): CompanyFile {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    throw new RangeError(`The company file ${path} cannot be read (${code})`, { cause: error });
  }
  try {
    return parseCompany(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError) {
      throw new RangeError(`The company file ${path} is no JSON (${error.message})`, { cause: error });
    }
    throw error;
  }
}

/** @throws RangeError as `readCompanyFile` does */
export function parseCompany(value: unknown): CompanyFile {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new RangeError(sentence(value, parsed.error.issues[0]));
  const { timeZone, ...given } = parsed.data;
  // JSON has no undefined, so a field that is there has a value.
  return { company: given as Partial<Company>, timeZone };
}

function numberFields(): Record<NumberField, z.ZodOptional<z.ZodNumber>> {
  const fields = Object.entries(RANGES).map(([field, [least, most]]) => {
    const number = z.number().min(least).max(most);
    return [field, (field === 'customersAtStart' ? number.int() : number).optional()];
  });
  return Object.fromEntries(fields) as Record<NumberField, z.ZodOptional<z.ZodNumber>>; // the keys of RANGES
}

type Issue = z.core.$ZodIssue | undefined;

function sentence(value: unknown, issue: Issue): string {
  if (issue?.code === 'unrecognized_keys') {
    return `A company has no field "${issue.keys[0]}"; allowed are ${Object.keys(allowed).join(', ')}`;
  }
  const field = issue?.path[0];
  if (typeof field !== 'string') return 'A company is a JSON object with at least a name';
  const given = (value as Record<string, unknown>)[field]; // it has a field at fault, so it is an object
  const shown = given === undefined ? 'is missing' : `is ${JSON.stringify(given)}`;
  return `The company's ${field} ${shown}; allowed is ${allowed[field]}`;
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
