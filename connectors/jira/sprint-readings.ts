import { Decimal } from 'decimal.js';
import {
  begunDays,
  type Completeness,
  type DayWindow,
  instantOfWall,
  localDay,
  type MetricReading,
  mergeCompleteness,
  type PointReading,
  plain,
  quotientPoint,
  shiftDay,
} from '../sdk/index.ts';
import { boardOf, type ClosedSprint, closedSprints } from './board.ts';
import type { JiraContext } from './client.ts';
import type { SprintParams, VelocityParams } from './params.ts';
import { figureOf, type SprintFigure } from './sprint-issues.ts';

/** The mean of the newest sprints that had closed by the end of each day. Each sprint stands beside it with its figure. */
export async function readVelocity(
  context: JiraContext,
  window: DayWindow,
  params: VelocityParams,
): Promise<MetricReading> {
  const sprints = await closedSprints(context, params);
  const days = begunDays(window, context.now).map((day) => {
    const closeMs = instantOfWall(Date.parse(`${shiftDay(day, 1)}T00:00:00Z`), window.timeZone);
    return {
      day,
      sprints: sprints.items.filter(({ completeMs }) => completeMs < closeMs).slice(0, params.lastN),
    };
  });
  const { completeness, figures } = await figuresOf(
    context,
    params,
    days.flatMap((each) => each.sprints),
  );
  const points = days.map(({ day, sprints: newest }): PointReading => {
    const known = newest.flatMap(({ id }) => figures.get(id) ?? []);
    return { ...quotientPoint(day, sumOf(known), known.length), ...beside(known) };
  });
  return { points, completeness: mergeCompleteness(sprints.completeness, completeness) };
}

/** What was completed in the sprints that closed on a day. Days on which none closed have no point. */
export async function readSprintPoints(
  context: JiraContext,
  window: DayWindow,
  params: SprintParams,
): Promise<MetricReading> {
  const sprints = await closedSprints(context, params);
  const days = begunDays(window, context.now).flatMap((day) => {
    const closed = sprints.items.filter(({ completeMs }) => localDay(completeMs, window.timeZone) === day);
    return closed.length === 0 ? [] : [{ day, sprints: closed }];
  });
  const { completeness, figures } = await figuresOf(
    context,
    params,
    days.flatMap((each) => each.sprints),
  );
  const points = days.map(({ day, sprints: closed }): PointReading => {
    const known = closed.flatMap(({ id }) => figures.get(id) ?? []);
    return { day, value: plain(sumOf(known)), ...beside(known) };
  });
  return { points, completeness: mergeCompleteness(sprints.completeness, completeness) };
}

async function figuresOf(
  context: JiraContext,
  params: SprintParams,
  wanted: readonly ClosedSprint[],
): Promise<{ figures: Map<number, SprintFigure>; completeness: Completeness }> {
  const figures = new Map<number, SprintFigure>();
  const board = await boardOf(context, params);
  for (const sprint of wanted) {
    if (!figures.has(sprint.id)) figures.set(sprint.id, await figureOf(context, board, sprint));
  }
  const completeness = mergeCompleteness(...[...figures.values()].map((figure) => figure.completeness));
  return { figures, completeness };
}

const sumOf = (figures: readonly SprintFigure[]): Decimal =>
  figures.reduce((sum, { points }) => sum.plus(points), new Decimal(0));

/** What each sprint brought stays with the point: it is what was stored when it closed. */
function beside(figures: readonly SprintFigure[]): Pick<PointReading, 'counts'> {
  if (figures.length === 0) return {};
  return {
    counts: Object.fromEntries(
      figures.map(({ points, sprint }) => [`${sprint.name} (${sprint.id})`, points.toNumber()]),
    ),
  };
}
