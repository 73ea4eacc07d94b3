import type { Preview } from '../../api/contract.ts';
import { noticeLines } from '../show.ts';
import { wordsOf } from '../words.ts';
import { completenessText, exchangeLines } from './explanation.ts';
import { dayBefore, formatValue, noValue } from './format.ts';
import { type Look, plain } from './look.ts';
import { paintOf } from './paint.ts';
import { everyDay, sparkline } from './sparkline.ts';
import { renderTable } from './table.ts';
import { oneLine, wrap } from './text.ts';
import { voiceOf } from './voice.ts';

/** Days that are listed without `--verbose`, newest first. */
const daysShown = 14;

/** What a metric would bring: coverage first, then the value and its history, then requests and problems. */
export function renderPreview(preview: Preview, look: Look): string {
  const voice = voiceOf(look);
  const words = wordsOf(look.lang);
  const paint = paintOf(look.color);
  const { coverage, current } = preview;
  const days = voice.say('page.cycle_days', {
    startDay: coverage.startDay,
    lastDay: dayBefore(coverage.endDay),
  });
  const trend = sparkline(everyDay(preview.points), { width: 60, ascii: look.ascii });
  const shown = preview.points.toReversed().slice(0, look.verbose ? undefined : daysShown);
  const settledWord = (settled: boolean) => voice.say(settled ? 'evidence.settled' : 'evidence.provisional');
  const now =
    current === null
      ? noValue(look)
      : `${formatValue(current.value, preview, look)}  (${current.day}, ${settledWord(current.settled)})`;

  return [
    plain(`${days} (${preview.timeZone}) · ${coverage.daysWithValue}/${coverage.days}`, look),
    `${paint.bold(oneLine(preview.metric.title))}  ${oneLine(preview.metric.description)}`,
    `${words.now}: ${paint.bold(now)}`,
    ...(trend === '' ? [voice.say('state.no_data')] : [paint.cyan(trend)]),
    '',
    renderTable(
      [
        { title: voice.say('column.day'), priority: 9 },
        { title: voice.say('column.value'), priority: 8, align: 'right' },
        { title: voice.say('evidence.settled'), priority: 7 },
      ],
      shown.map((point) => [point.day, formatValue(point.value, preview, look), settledWord(point.settled)]),
      { columns: look.columns, ascii: look.ascii, indent: 2, paintHeader: paint.dim },
    ),
    ...(shown.length < preview.points.length
      ? [paint.dim(plain(`  … +${preview.points.length - shown.length} (--verbose)`, look))]
      : []),
    '',
    `${voice.say('evidence.completeness')}: ${completenessText(preview.completeness, voice)}`,
    ...preview.completeness.notes.map((note) => `  ${oneLine(note)}`),
    voice.say('evidence.requests', { count: preview.requests.length }),
    ...preview.requests.flatMap((exchange) => exchangeLines(exchange, look, voice)),
    ...noticeLines(preview.warnings, look).flatMap((line) => wrap(line, look.columns)),
    ...preview.problems.flatMap((problem) =>
      wrap(`${words.problem}: ${oneLine(problem)}`, look.columns).map((line) => paint.yellow(line)),
    ),
  ].join('\n');
}
