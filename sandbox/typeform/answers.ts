import { invalid, noForm, notServed, scopeMissing } from './refusal.ts';
import {
  millisecondsOf,
  type TypeformAnswer,
  type TypeformField,
  type TypeformForm,
  type TypeformResponse,
  type TypeformWorld,
} from './world.ts';

const USUAL_PAGE = 25;
const MOST_OF_PAGE = 1_000;

/** What Typeform says to an address. */
export function answerOf(world: TypeformWorld, url: URL): object {
  const [, id, list] = /^\/forms\/([^/]+)(\/responses)?$/.exec(url.pathname) ?? [];
  if (id === undefined) throw notServed();
  const form = world.forms.find((each) => each.id === decodeURIComponent(id));
  if (!world.scopes.includes(list === undefined ? 'forms:read' : 'responses:read')) throw scopeMissing();
  if (form === undefined) throw noForm();
  return list === undefined ? formBody(form) : responsesBody(world, form, url.searchParams);
}

function formBody({ fields, hidden, id, title }: TypeformForm): object {
  return {
    id,
    type: 'quiz',
    title,
    settings: { is_public: true },
    fields: fields.map(fieldBody),
    // A form without hidden fields says nothing of them.
    ...(hidden === undefined ? {} : { hidden }),
    _links: { display: `https://sandbox.typeform.com/to/${id}` },
  };
}

function fieldBody({ fields, id, ref, startAtOne, steps, title, type }: TypeformField): object {
  const properties = {
    ...(steps === undefined ? {} : { steps }),
    ...(startAtOne === undefined ? {} : { start_at_one: startAtOne }),
    ...(fields === undefined ? {} : { fields: fields.map(fieldBody) }),
  };
  return { id, ref: ref ?? id, title, type, properties, validations: { required: false } };
}

/** Newest first, by the order of processing; a cursor leaves out its own response. */
function responsesBody(world: TypeformWorld, form: TypeformForm, asked: URLSearchParams): object {
  const size = sizeOf(asked);
  const kinds = (asked.get('response_type') ?? 'completed').split(',');
  const cursors = ['before', 'after'].filter((name) => asked.has(name));
  if (cursors.length > 0 && ['sort', 'since', 'until'].some((name) => asked.has(name))) {
    throw invalid(`${cursors.join(' and ')} cannot be used with sort, since or until here`);
  }
  const [since, until] = [instantOf(asked, 'since'), instantOf(asked, 'until')];
  const shown = world.responses
    .filter(({ formId, kind = 'completed', submittedAt }) => {
      const at = millisecondsOf(submittedAt);
      const seconds = Math.floor(at / 1_000); // both ends are inclusive, to the second
      return (
        formId === form.id &&
        kinds.includes(kind) &&
        at <= (world.nowSeconds - world.lateSeconds) * 1_000 &&
        (since === null || seconds >= since) &&
        (until === null || seconds <= until)
      );
    })
    .toSorted((a, b) => processedOf(b) - processedOf(a) || (a.token < b.token ? 1 : -1));
  const listed = cut(shown, asked);
  return {
    total_items: listed.length,
    page_count: Math.ceil(listed.length / size),
    items: listed.slice(0, size).map((response) => responseBody(form, response)),
  };
}

function sizeOf(asked: URLSearchParams): number {
  const size = Number(asked.get('page_size') ?? USUAL_PAGE);
  if (!Number.isInteger(size) || size < 1 || size > MOST_OF_PAGE) {
    throw invalid(`page_size must be a whole number from 1 to ${MOST_OF_PAGE}`);
  }
  return size;
}

/** Seconds since 1970, or an instant of UTC to the second. */
function instantOf(asked: URLSearchParams, name: string): number | null {
  const text = asked.get(name);
  if (text === null) return null;
  const seconds = /^\d+$/.test(text)
    ? Number(text)
    : Date.parse(text.endsWith('Z') ? text : `${text}Z`) / 1_000;
  if (!Number.isFinite(seconds)) throw invalid(`${name} is no time: ${text}`);
  return Math.floor(seconds);
}

function cut(shown: readonly TypeformResponse[], asked: URLSearchParams): TypeformResponse[] {
  const before = asked.get('before');
  const after = asked.get('after');
  const placeOf = (token: string): number => {
    const place = shown.findIndex((response) => response.token === token);
    if (place < 0) throw invalid('there is no response with this token');
    return place;
  };
  return shown.slice(before === null ? 0 : placeOf(before) + 1, after === null ? undefined : placeOf(after));
}

const processedOf = ({ processedAt, submittedAt }: TypeformResponse): number =>
  millisecondsOf(processedAt ?? submittedAt);

function responseBody(form: TypeformForm, response: TypeformResponse): object {
  const { answers, hidden, kind = 'completed', submittedAt, token } = response;
  return {
    landing_id: token,
    token,
    response_id: token,
    response_type: kind,
    landed_at: submittedAt,
    submitted_at: submittedAt,
    metadata: { platform: 'other', referer: `https://sandbox.typeform.com/to/${form.id}` },
    ...(hidden === undefined ? {} : { hidden }),
    calculated: { score: 0 },
    answers: answers === undefined ? null : answers.map((answer) => answerBody(form, answer)),
  };
}

function answerBody({ fields }: TypeformForm, { fieldId, number, text }: TypeformAnswer): object {
  const all = fields.flatMap((field) => [field, ...(field.fields ?? [])]);
  // A question that was taken out of the form keeps its answers.
  const { ref = fieldId, type = 'short_text' } = all.find(({ id }) => id === fieldId) ?? {};
  const field = { id: fieldId, type, ref };
  return number === undefined ? { field, type: 'text', text: text ?? '' } : { field, type: 'number', number };
}
