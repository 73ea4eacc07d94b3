import { checkWindowRule, findMetric } from '../domain/catalog/index.ts';
import { answer } from '../domain/draft/index.ts';
import { draftsOf, isAt, type PlacedDraft, type PlacedText } from './draft-place.ts';
import { AppError, type FieldError } from './errors.ts';

/** What somebody decided about drafts, by the line that each begins on; `12.2` is the second on its line. */
export type DraftChoices = {
  answers: readonly { line: string; option: string }[];
  /** Another metric of the catalogue than the proposed one. */
  metrics: readonly { line: string; metric: string }[];
  /** Only these lines; null: everything. An objective comes with its line, or with a Key Result of it. */
  only: readonly string[] | null;
};

/**
 * The drafts as they were decided, each ready to be stored.
 *
 * @throws AppError that lists every question that is still open and every draft that cannot be, with its line
 */
export function applyChoices(text: PlacedText, choices: DraftChoices): PlacedText {
  const problems = strangeLines(text, choices);
  const wanted = (at: string, line: number) =>
    choices.only === null || choices.only.some((chosen) => isAt({ at, line }, chosen));
  const decide = (draft: PlacedDraft): PlacedDraft[] => {
    if (!wanted(draft.at, draft.line)) return [];
    const decided = decideOne(draft, choices, problems);
    problems.push(...problemsOf(decided));
    return [decided];
  };
  const objectives = text.objectives.flatMap((objective) => {
    const keyResults = objective.keyResults.flatMap(decide);
    if (keyResults.length === 0 && !wanted(String(objective.line), objective.line)) return [];
    return [{ ...objective, keyResults }];
  });
  const keyResults = text.keyResults.flatMap(decide);
  if (problems.length > 0) throw refusal(problems);
  return { ...text, objectives, keyResults };
}

function decideOne(draft: PlacedDraft, choices: DraftChoices, problems: FieldError[]): PlacedDraft {
  const chosen = choices.answers.find(({ line }) => isAt(draft, line));
  let decided = draft;
  if (chosen !== undefined && draft.question !== null) {
    if (draft.question.options.some(({ id }) => id === chosen.option))
      decided = { ...answer(draft, chosen.option), at: draft.at };
    else {
      const known = draft.question.options.map(({ id }) => id).join(', ');
      const detail = `Line ${draft.at}: "${chosen.option}" is no answer; choose one of ${known}.`;
      problems.push({ pointer: `/answers/${draft.at}`, code: 'unknown_option', detail });
      return { ...draft, question: null }; // said once
    }
  }
  const other = choices.metrics.find(({ line }) => isAt(draft, line));
  return other === undefined ? decided : withMetric(decided, other.metric, problems);
}

function withMetric(draft: PlacedDraft, key: string, problems: FieldError[]): PlacedDraft {
  const metric = findMetric(key);
  const refuse = (code: string, detail: string) => {
    problems.push({ pointer: `/metrics/${draft.at}`, code, detail: `Line ${draft.at}: ${detail}` });
    return draft;
  };
  if (metric === null)
    return refuse('unknown_metric', `the catalogue has no metric "${key}"; see tidemark catalog.`);
  const { storedAs } = metric.unit;
  if (storedAs !== draft.unit) {
    return refuse(
      'unit_differs',
      `"${key}" is measured in ${storedAs}, and the sentence counts ${draft.unit}.`,
    );
  }
  const proposed = draft.metric;
  const keepsWindow = proposed !== null && checkWindowRule(metric, proposed.window) === null;
  const compares = draft.goalKind === 'reach' || draft.goalKind === 'change';
  return {
    ...draft,
    metric: {
      key,
      params: {},
      window: keepsWindow ? proposed.window : metric.usualWindow,
      aggregate: keepsWindow ? proposed.aggregate : compares ? 'latest' : null,
    },
    stage: metric.stage,
  };
}

function problemsOf(draft: PlacedDraft): FieldError[] {
  const { at: line, problems, question } = draft;
  if (question !== null) {
    const options = question.options.map(({ id, label }) => `${id} (${label.en})`).join(', ');
    const detail = `Line ${line}, “${draft.text}”: ${question.text.en} Answer one of: ${options}.`;
    return [{ pointer: `/answers/${line}`, code: 'question_open', detail }];
  }
  return problems.map(({ code, text }) => ({
    pointer: `/lines/${line}`,
    code,
    detail: `Line ${line}, “${draft.text}”: ${text.en}`,
  }));
}

/** Choices about lines where nothing is that could be chosen about. */
function strangeLines(text: PlacedText, { answers, metrics, only }: DraftChoices): FieldError[] {
  const drafts = draftsOf(text);
  const asking = drafts.filter(({ question }) => question !== null);
  const titles = text.objectives.map(({ line }) => ({ at: String(line), line }));
  const strange = (
    name: string,
    lines: readonly string[],
    there: readonly { at: string; line: number }[],
    what: string,
  ) =>
    lines
      .filter((line) => !there.some((each) => isAt(each, line)))
      .map((line) => ({
        pointer: `/${name}/${line}`,
        code: 'nothing_there',
        detail: `Line ${line} ${what}.`,
      }));
  const linesOf = (choices: readonly { line: string }[]) => choices.map(({ line }) => line);
  return [
    ...strange('answers', linesOf(answers), asking, 'asks nothing'),
    ...strange('metrics', linesOf(metrics), drafts, 'begins no Key Result'),
    ...strange('only', only ?? [], [...drafts, ...titles], 'begins no objective or Key Result'),
  ];
}

function refusal(problems: FieldError[]): AppError {
  const open = problems.filter(({ code }) => code === 'question_open').length;
  const [first] = problems;
  const detail =
    open === problems.length
      ? `${open === 1 ? 'One question is' : `${open} questions are`} open, and only you can answer.`
      : (first?.detail ?? '');
  const fix =
    open === problems.length
      ? 'Answer each with --answer LINE=OPTION. Nothing was stored.'
      : 'Change the text, or leave those lines out with --only. Nothing was stored.';
  return new AppError(
    'invalid',
    open === problems.length ? 'questions_open' : 'drafts_invalid',
    detail,
    fix,
    {
      errors: problems,
    },
  );
}
