import { type Acceptance, nearNames } from '../sdk/index.ts';
import { createTypeformClient, type TypeformContext } from './client.ts';
import { type Form, formOf, NPS_SCALE, readForm, type Scale } from './form.ts';
import type { CountParams, CsatParams, NpsParams } from './params.ts';
import { chooseQuestion } from './question.ts';
import { responsesSchema } from './schema.ts';

const outcome = (problems: string[], warnings: string[] = []): Acceptance => ({
  problems,
  warnings,
  timeZone: null,
  currency: null,
});

export const acceptNps = (context: TypeformContext, params: NpsParams) =>
  acceptSurvey(context, params, NPS_SCALE);

export const acceptCsat = (context: TypeformContext, params: CsatParams) =>
  acceptSurvey(context, params, { from: 1, to: params.scaleMax });

/** Whether the form has the question, on that scale, and the hidden field. One call. */
async function acceptSurvey(context: TypeformContext, params: NpsParams, scale: Scale): Promise<Acceptance> {
  const form = await readForm(context, formOf(context, params));
  const chosen = chooseQuestion(form, params.field, scale);
  const problems = [...(chosen.ok ? [] : [chosen.problem]), ...respondentProblems(form, params)];
  return outcome(problems, respondentWarnings(form, params));
}

function respondentProblems({ hidden, title }: Form, { respondent }: NpsParams): string[] {
  if (respondent === undefined || hidden.includes(respondent)) return [];
  const near = nearNames(hidden, respondent);
  const names = (list: readonly string[]) => list.map((name) => `"${name}"`).join(' or ');
  const meant = near.length > 0 ? ` Do you mean ${names(near)}?` : '';
  const there = hidden.length === 0 ? ' It has none.' : ` It has ${names(hidden)}.`;
  return [`respondent: "${title}" has no hidden field "${respondent}".${meant === '' ? there : meant}`];
}

function respondentWarnings({ hidden }: Form, { dedupe, respondent }: NpsParams): string[] {
  if (respondent !== undefined || dedupe === 'all' || hidden.length === 0) return [];
  const names = hidden.map((name) => `"${name}"`).join(', ');
  return [
    `respondent: nothing says who answers, so every response counts. Name a hidden field (${names}) if people answer more than once.`,
  ];
}

/** Whether the responses can be read at all. */
export async function acceptCount(context: TypeformContext, params: CountParams): Promise<Acceptance> {
  const form = formOf(context, params);
  const path = `/forms/${form}/responses`;
  await createTypeformClient(context).get(path, `the responses of ${form}`, responsesSchema, {
    page_size: 1,
  });
  return outcome([]);
}
