import type { Context } from '../context.ts';
import { print } from '../context.ts';
import { paintOf } from '../render/paint.ts';
import { renderTable } from '../render/table.ts';
import { lookOf } from '../show.ts';
import { wordsOf } from '../words.ts';
import { kitWords } from './words.ts';

/** Days and values below each other; a missing value is a dash, never a zero. */
export function showPoints(context: Context, points: readonly { day: string; value: string | null }[]): void {
  const look = lookOf(context);
  if (points.length === 0) return print(context, wordsOf(look.lang).none);
  const words = kitWords(look.lang);
  print(
    context,
    renderTable(
      [
        { title: words.day, priority: 9 },
        { title: words.value, priority: 9, align: 'right' },
      ],
      points.map(({ day, value }) => [day, value ?? '-']),
      { columns: look.columns, ascii: look.ascii, paintHeader: paintOf(look.color).dim },
    ),
  );
}
