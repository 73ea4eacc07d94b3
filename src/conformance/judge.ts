import { z } from 'zod';
import { type Answer, answerOf } from './answer.ts';
import type { StoredEvents } from './stored-events.ts';
import { type Expected, type Vector, vectorSchema } from './vector-file.ts';

/** One vector's outcome. `note` tells of a unit by another name, which is worth seeing and decides nothing. */
export type Outcome = {
  id: string;
  description: string;
  passed: boolean;
  expected: string;
  got: string;
  note: string | null;
};

/** Whether the product agrees with a vector. Whatever goes wrong on the way is a failure with its sentence. */
export async function judge(raw: unknown, index: number, stored: StoredEvents): Promise<Outcome> {
  const parsed = vectorSchema.safeParse(raw);
  if (!parsed.success) {
    const named = typeof raw === 'object' && raw !== null && 'id' in raw ? String(raw.id) : `#${index + 1}`;
    return {
      id: named,
      description: 'not a vector of this format',
      passed: false,
      expected: 'a vector with id, description, metric, input and expected',
      got: issuesOf(parsed.error),
      note: null,
    };
  }
  const vector = parsed.data;
  const answer = await answerSafely(vector, stored);
  return {
    id: vector.id,
    description: vector.description,
    passed: agrees(vector.expected, answer),
    expected: writtenExpected(vector.expected),
    got: writtenAnswer(vector.expected, answer),
    note: unitNote(vector.expected, answer),
  };
}

async function answerSafely(vector: Vector, stored: StoredEvents): Promise<Answer> {
  try {
    return await answerOf(vector, stored);
  } catch (error) {
    if (error instanceof z.ZodError) return { kind: 'refused', why: issuesOf(error) };
    return { kind: 'refused', why: error instanceof Error ? error.message : String(error) };
  }
}

function issuesOf(error: z.ZodError): string {
  return error.issues.map(({ message, path }) => `${path.map(String).join('.')}: ${message}`).join('; ');
}

/** Every number within the tolerance, or no value for the same reason. A number that is not told is not near one. */
function agrees(expected: Expected, answer: Answer): boolean {
  if ('reason' in expected) return answer.kind === 'nothing' && answer.reason === expected.reason;
  if (answer.kind !== 'numbers') return false;
  const wanted = Object.entries(numbersOf(expected));
  return (
    wanted.length > 0 &&
    wanted.every(([name, number]) => {
      const got = answer.numbers[name];
      return got !== undefined && Math.abs(got - number) <= expected.tolerance;
    })
  );
}

function numbersOf(expected: Exclude<Expected, { reason: string }>): Record<string, number> {
  return 'values' in expected ? expected.values : { value: expected.value };
}

function writtenExpected(expected: Expected): string {
  if ('reason' in expected) return `no value, ${expected.reason}`;
  return `${writtenNumbers(numbersOf(expected))} (within ${expected.tolerance})`;
}

function writtenAnswer(expected: Expected, answer: Answer): string {
  if (answer.kind === 'refused') return answer.why;
  if (answer.kind === 'nothing') return `no value, ${answer.reason}`;
  const names = 'reason' in expected ? ['value'] : Object.keys(numbersOf(expected));
  return writtenNumbers(Object.fromEntries(names.map((name) => [name, answer.numbers[name]])));
}

function writtenNumbers(numbers: Readonly<Record<string, number | undefined>>): string {
  const parts = Object.entries(numbers).map(([name, number]) => {
    const text = number === undefined ? 'not told' : String(number);
    return name === 'value' ? text : `${name} ${text}`;
  });
  return parts.join(', ');
}

function unitNote({ unit }: Expected, answer: Answer): string | null {
  if (unit === undefined || answer.kind === 'refused' || answer.unit === null || answer.unit === unit)
    return null;
  return `the vector counts in "${unit}", the catalogue in "${answer.unit}"`;
}
