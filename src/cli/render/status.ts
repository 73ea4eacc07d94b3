import type { KeyResultRow } from '../../api/contract.ts';
import type { DataState } from '../../domain/data-state.ts';
import type { Status } from '../../domain/status.ts';
import { age } from './format.ts';
import type { Look } from './look.ts';
import { type Paint, paintOf } from './paint.ts';
import { type Voice, voiceOf } from './voice.ts';

type Sign = { sign: string; ascii: string; color: (paint: Paint) => (text: string) => string };

/** A shape and a word before a colour, so that the state reads without one. */
const signs: Record<Status, Sign> = {
  not_started: { sign: '○', ascii: 'o', color: (paint) => paint.dim },
  too_early: { sign: '◔', ascii: '~', color: (paint) => paint.dim },
  on_track: { sign: '✓', ascii: '+', color: (paint) => paint.green },
  at_risk: { sign: '▲', ascii: '!', color: (paint) => paint.yellow },
  off_track: { sign: '✗', ascii: 'x', color: (paint) => paint.red },
  achieved: { sign: '★', ascii: '*', color: (paint) => paint.green },
  missed: { sign: '■', ascii: 'X', color: (paint) => paint.red },
  unknown: { sign: '?', ascii: '?', color: (paint) => paint.magenta },
};

/** "✓ On track", uncoloured. */
export function statusText(status: Status, look: Look, voice: Voice = voiceOf(look)): string {
  const { sign, ascii } = signs[status];
  return `${look.ascii ? ascii : sign} ${voice.say(`status.${status}`)}`;
}

export function statusPaint(status: Status, look: Look): (text: string) => string {
  return signs[status].color(paintOf(look.color));
}

/** "Fresh 2h": the state of the data, and how long ago it was fetched. */
export function dataText(data: KeyResultRow['data'], look: Look, voice: Voice = voiceOf(look)): string {
  const word = voice.say(`data.${data.state}`);
  return data.fetchedAt === null ? word : `${word} ${age(data.fetchedAt, look)}`;
}

export function dataPaint(state: DataState, look: Look): (text: string) => string {
  const paint = paintOf(look.color);
  switch (state) {
    case 'fresh':
      return String;
    case 'late':
      return paint.yellow;
    case 'stale':
    case 'failing':
      return paint.red;
    case 'none':
    case 'paused':
      return paint.dim;
  }
}
