import { createTypeformClient, type TypeformContext } from './client.ts';
import { type FieldAnswer, type FormAnswer, formSchema } from './schema.ts';

/** Whole numbers, both ends included. */
export type Scale = { from: number; to: number };
/** A question, with its scale where it has one. */
export type Question = { id: string; ref: string | null; title: string; type: string; scale: Scale | null };
export type Form = { id: string; title: string; hidden: readonly string[]; questions: readonly Question[] };

export const NPS_SCALE: Scale = { from: 0, to: 10 };

export function formOf({ config }: TypeformContext, { form }: { form?: string | undefined }): string {
  return form ?? config.form;
}

/** The form as it is now. Asked once a run. */
export function readForm(context: TypeformContext, form: string): Promise<Form> {
  return context.shared(`typeform-form:${form}`, async () => {
    const client = createTypeformClient(context);
    return formFrom(await client.get(`/forms/${form}`, `the form ${form}`, formSchema));
  });
}

function formFrom({ fields, hidden, id, title }: FormAnswer): Form {
  return { id, title, hidden: hidden ?? [], questions: fields.flatMap(questionsOf) };
}

/** A group is no question of its own. */
function questionsOf(field: FieldAnswer): Question[] {
  const { id, properties, ref, title, type } = field;
  const inside = properties?.fields;
  if (inside !== undefined && inside.length > 0) return inside.flatMap(questionsOf);
  return [{ id, ref: ref ?? null, title, type, scale: scaleOf(field) }];
}

function scaleOf({ properties, type }: FieldAnswer): Scale | null {
  if (type === 'nps') return NPS_SCALE;
  const steps = properties?.steps;
  if (steps === undefined) return null;
  if (type === 'rating') return { from: 1, to: steps };
  if (type !== 'opinion_scale') return null;
  const from = properties?.start_at_one === true ? 1 : 0;
  return { from, to: from + steps - 1 };
}

export const sameScale = (scale: Scale | null, wanted: Scale): boolean =>
  scale !== null && scale.from === wanted.from && scale.to === wanted.to;
