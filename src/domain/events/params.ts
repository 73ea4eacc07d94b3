import type { ParamSpec, ParamValues } from '../catalog/types.ts';

/** Reading checked parameters: what does not have the promised type is a broken promise of the caller. */
export function textParam(params: ParamValues, name: string): string {
  const value = params[name];
  return typeof value === 'string' ? value : refuse(params, name);
}

export function optionalText(params: ParamValues, name: string): string | null {
  return params[name] === undefined ? null : textParam(params, name);
}

export function textsParam(params: ParamValues, name: string): readonly string[] {
  const value = params[name];
  if (typeof value !== 'object') return refuse(params, name);
  return value.map((item) => (typeof item === 'string' ? item : refuse(params, name)));
}

export function numberParam(params: ParamValues, name: string): number {
  const value = params[name];
  return typeof value === 'number' ? value : refuse(params, name);
}

export function flagParam(params: ParamValues, name: string): boolean {
  const value = params[name];
  return typeof value === 'boolean' ? value : refuse(params, name);
}

export function choiceParam<Choice extends string>(
  params: ParamValues,
  name: string,
  of: readonly Choice[],
): Choice {
  return of.find((choice) => choice === params[name]) ?? refuse(params, name);
}

export function spanParam(params: ParamValues, name: string): readonly [number, number] {
  const value = params[name];
  if (typeof value !== 'object') return refuse(params, name);
  const [first, last] = value;
  return typeof first === 'number' && typeof last === 'number' ? [first, last] : refuse(params, name);
}

function refuse(params: ParamValues, name: string): never {
  throw new RangeError(`parameter "${name}" cannot be ${JSON.stringify(params[name])}`);
}

export const clocks = ['rolling', 'calendar'] as const;

/** Parameters that several metrics of events have. */
export const minCohort: ParamSpec = { type: 'whole', min: 1, max: 1_000_000, default: 1 };
export const passiveEvents: ParamSpec = { type: 'texts', default: [] };
export const activeEvent: ParamSpec = { type: 'text', default: '*' };
export const eventName: ParamSpec = { type: 'text', required: true };
export const clock: ParamSpec = { type: 'choice', of: clocks, default: 'rolling' };
/** GA4's and Amplitude's default on the web; GA4 allows up to 7 h 55 min. */
export const gapMinutes: ParamSpec = { type: 'whole', min: 1, max: 1_440, default: 30 };

export function days(usual: number): ParamSpec {
  return { type: 'whole', min: 1, max: 3_650, default: usual };
}

export function hours(usual: number): ParamSpec {
  return { type: 'whole', min: 1, max: 87_600, default: usual };
}
