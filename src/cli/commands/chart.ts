import { writeFile } from 'node:fs/promises';
import type { ThemeName } from '../../chart/theme.ts';
import { titleIn, translator } from '../../i18n/index.ts';
import { CliError, usageError } from '../cli-error.ts';
import { type Context, print, printJson, type Session, withSession } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { currentText } from '../render/goal.ts';
import { oneLine } from '../render/text.ts';
import { voiceOf } from '../render/voice.ts';
import { lookOf } from '../show.ts';

export type ChartOptions = { out: string; theme?: ThemeName; width?: string; asOf?: string; badge?: boolean };

type FileKind = 'svg' | 'png' | 'json';
type Detail = Awaited<ReturnType<typeof readKeyResult>>;
/** A picture, and what it shows in one sentence. */
type Drawn = { svg: string; summary: string; json?: unknown };

/** `tidemark chart KEY --out FILE`: a Key Result as a picture, or with `--badge` as a line of 20 px. */
export async function chartCommand(context: Context, key: string, options: ChartOptions): Promise<number> {
  const kind = fileKind(options);
  const widthPx = await widthOf(options.width);
  return withSession(context, async (session) => {
    const detail = await readKeyResult(session, key, options);
    const drawn =
      options.badge === true
        ? await badgeOf(context, detail)
        : await chartOf(context, session, detail, options, widthPx);
    await write(options.out, await contentOf(kind, drawn, options, widthPx));
    const { summary } = drawn;
    if (context.settings.json) {
      printJson(context, { file: options.out, format: kind, keyResult: detail.key, summary });
    } else print(context, `${options.out}: ${oneLine(summary)}`);
    return exitCodes.done;
  });
}

function fileKind({ badge, out }: ChartOptions): FileKind {
  const ending = /\.(svg|png|json)$/i.exec(out)?.[1]?.toLowerCase();
  if (ending === 'svg' || ending === 'png' || (ending === 'json' && badge === true)) return ending;
  if (ending === 'json')
    throw usageError(`${out} names a JSON file, and a chart is SVG or PNG`, 'Add --badge.');
  const known = badge === true ? '.svg, .png or .json' : '.svg or .png';
  throw usageError(
    `${out} does not end in ${known}, so its format is not clear`,
    'Name it so, as in chart.svg.',
  );
}

async function widthOf(given: string | undefined): Promise<number | undefined> {
  if (given === undefined) return undefined;
  const { MAX_WIDTH_PX, MIN_WIDTH_PX } = await import('../../picture/draw-chart.ts');
  const width = /^\d+$/.test(given) ? Number(given) : Number.NaN;
  if (width >= MIN_WIDTH_PX && width <= MAX_WIDTH_PX) return width;
  throw usageError(
    `--width "${given}" is not a number of pixels from ${MIN_WIDTH_PX} to ${MAX_WIDTH_PX}`,
    'Leave it out for 800.',
  );
}

function readKeyResult({ client }: Session, key: string, { asOf }: ChartOptions) {
  return client.call('getKeyResult', { params: { id: key }, query: asOf === undefined ? {} : { asOf } });
}

async function chartOf(
  context: Context,
  { client }: Session,
  detail: Detail,
  { theme }: ChartOptions,
  widthPx: number | undefined,
): Promise<Drawn> {
  const { hasChart, keyResultChart } = await import('../../picture/key-result-chart.ts');
  if (!hasChart(detail)) {
    throw usageError(
      `${detail.key} counts steps that are done or not, so there is no line to draw`,
      'Use --badge.',
    );
  }
  const { drawChart } = await import('../../picture/draw-chart.ts');
  const { lang } = context.settings;
  const { data: checkIns } = await client.call('listCheckIns', { params: { id: detail.key } });
  // Of a past chart, what people had said by then.
  const said = checkIns.filter(
    ({ createdAt }) => detail.asOf === null || Date.parse(createdAt) <= Date.parse(detail.asOf.at),
  );
  return drawChart(keyResultChart(detail, said, translator(lang)), {
    lang,
    unit: detail.unit,
    currency: detail.currency,
    title: titleIn(lang, detail),
    note: noteOf(context, detail),
    past: detail.asOf !== null,
    runningSum: detail.goal.kind === 'accumulate',
    ...(theme === undefined ? {} : { theme }),
    ...(widthPx === undefined ? {} : { widthPx }),
  });
}

/** Under the title: how it stands, how its data stand where they are not fresh, of when it is, and whose data it shows. */
function noteOf(context: Context, detail: Detail): string {
  const look = { ...lookOf(context), ascii: false };
  const { say } = voiceOf(look);
  const { asOf, data, source, status } = detail;
  return [
    say(`status.${status.state}`),
    data.state === 'fresh' ? null : say(`data.${data.state}`),
    asOf === null ? null : say('past.banner', { day: asOf.day ?? asOf.at }),
    source?.environment === 'sandbox' ? say('label.sandbox') : null,
  ]
    .filter((part) => part !== null)
    .join(' · ');
}

async function badgeOf(context: Context, detail: Detail): Promise<Drawn> {
  const { badgeJson, badgeSvg } = await import('../../picture/badge.ts');
  const look = { ...lookOf(context), ascii: false };
  const value =
    detail.currentValue === null && detail.goal.kind !== 'milestone' ? null : currentText(detail, look, true);
  const { lang } = context.settings;
  const badge = {
    label: titleIn(lang, detail),
    value,
    status: detail.status.state,
    dataState: detail.data.state,
    lang,
  };
  const json = badgeJson(badge);
  return { svg: badgeSvg(badge), summary: `${json.label}: ${json.message}`, json };
}

async function contentOf(
  kind: FileKind,
  { json, svg }: Drawn,
  { badge }: ChartOptions,
  widthPx: number | undefined,
): Promise<string | Buffer> {
  if (kind === 'json') return `${JSON.stringify(json)}\n`;
  if (kind === 'svg') return `${svg}\n`;
  const { renderPng } = await import('../../picture/render-png.ts');
  return renderPng(svg, badge === true || widthPx === undefined ? {} : { widthPx });
}

async function write(path: string, content: string | Buffer): Promise<void> {
  try {
    await writeFile(path, content);
  } catch (cause) {
    const { code } = cause as { code?: string };
    const known: Record<string, string> = {
      ENOENT: 'there is no such folder',
      EISDIR: 'it is a folder',
      EACCES: 'it may not be written here',
      EROFS: 'the disk is read-only',
      ENOSPC: 'the disk is full',
      ENOTDIR: 'a part of its path is a file',
    };
    const why = known[code ?? ''] ?? code ?? 'the disk refused';
    throw new CliError(`${path} cannot be written: ${why}`, { next: 'Name another file with --out.', cause });
  }
}
