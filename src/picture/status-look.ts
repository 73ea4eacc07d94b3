import { type Theme, themes } from '../chart/theme.ts';
import type { DataState } from '../domain/data-state.ts';
import type { Status } from '../domain/status.ts';

/** The shapes of the page, on a field of 16 by 16: they differ by outline, so that no status depends on its colour. */
const shapes: Record<Status, string> = {
  on_track: 'M3.2 8.4 6.6 11.8 13 4.6',
  at_risk: 'M8 2.4 14.4 13.4H1.6ZM8 6.4v3.2M8 11.4v.2',
  off_track: 'M3.8 3.8l8.4 8.4M12.2 3.8l-8.4 8.4',
  achieved: 'M8 1.8l1.9 4 4.3.6-3.1 3 .7 4.3L8 11.6l-3.8 2.1.7-4.3-3.1-3 4.3-.6Z',
  missed: 'M2.6 2.6h10.8v10.8H2.6ZM5.4 8h5.2',
  unknown: 'M5.2 5.8a2.8 2.8 0 1 1 4.2 2.4C8.4 8.8 8 9.3 8 10.2M8 12.6v.3',
  too_early: 'M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8ZM8 4.8V8l2.2 1.6',
  not_started: 'M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8Z',
};

const tones: Record<Status, keyof Theme> = {
  on_track: '--good',
  at_risk: '--warn',
  off_track: '--bad',
  achieved: '--calm',
  missed: '--bad',
  unknown: '--quiet',
  too_early: '--quiet',
  not_started: '--quiet',
};

export function statusShape(status: Status): string {
  return shapes[status];
}

/** A colour that white text can stand on: at least 4.5:1. */
export function statusColor(status: Status): string {
  return themes.light[tones[status]];
}

/** Whether the numbers are too old or too broken to speak for today. */
export function isUntrusted(dataState: DataState): boolean {
  return dataState === 'stale' || dataState === 'failing' || dataState === 'none';
}
