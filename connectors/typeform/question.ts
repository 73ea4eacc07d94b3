import { nearNames } from '../sdk/index.ts';
import { type Form, type Question, type Scale, sameScale } from './form.ts';

export type Chosen = { ok: true; question: Question } | { ok: false; problem: string };

const SHOWN = 5;
const TITLE_LENGTH = 60;

/** The question that is meant: by its id or reference, or the only one with the wanted scale. */
export function chooseQuestion(form: Form, wanted: string | undefined, scale: Scale): Chosen {
  const fitting = form.questions.filter((question) => sameScale(question.scale, scale));
  const range = `${scale.from} to ${scale.to}`;
  if (wanted === undefined) {
    const [only, ...more] = fitting;
    if (only !== undefined && more.length === 0) return { ok: true, question: only };
    const problem =
      only === undefined
        ? `field: "${form.title}" has no question from ${range}.${listOf(scaled(form))}`
        : `field: "${form.title}" has several questions from ${range}. Say which.${listOf(fitting)}`;
    return { ok: false, problem };
  }
  const found =
    form.questions.find(({ id }) => id === wanted) ?? form.questions.find(({ ref }) => ref === wanted);
  if (found === undefined) {
    const names = form.questions.flatMap(({ id, ref }) => (ref === null ? [id] : [id, ref]));
    const near = nearNames(names, wanted);
    const meant = near.length > 0 ? ` Do you mean ${near.map((name) => `"${name}"`).join(' or ')}?` : '';
    const problem = `field: "${form.title}" has no question "${wanted}".${meant === '' ? listOf(fitting) : meant}`;
    return { ok: false, problem };
  }
  if (sameScale(found.scale, scale)) return { ok: true, question: found };
  const own =
    found.scale === null
      ? `is of the type ${found.type}`
      : `goes from ${found.scale.from} to ${found.scale.to}`;
  const problem = `field: the question "${wanted}" ${own} and not from ${range}.${listOf(fitting)}`;
  return { ok: false, problem };
}

const scaled = ({ questions }: Form): Question[] => questions.filter(({ scale }) => scale !== null);

function listOf(questions: readonly Question[]): string {
  if (questions.length === 0) return '';
  const shown = questions.slice(0, SHOWN).map(({ id, scale, title }) => {
    const range = scale === null ? '' : ` (${scale.from} to ${scale.to})`;
    return `${id} "${shortened(title)}"${range}`;
  });
  const more = questions.length > SHOWN ? ` and ${questions.length - SHOWN} more` : '';
  return ` There is ${shown.join(', ')}${more}.`;
}

const shortened = (title: string): string =>
  title.length <= TITLE_LENGTH ? title : `${title.slice(0, TITLE_LENGTH)}…`;
