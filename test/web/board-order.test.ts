import { describe, expect, it } from 'vitest';
import { byAttention, needsAttention } from '../../src/web/attention.ts';
import { boardSearch, chosenStatuses, filtered, toggled } from '../../src/web/board-search.ts';
import { accumulating, board, failing, none, offTrack, onTrack, stale } from './fixtures.ts';

describe('the order of a board', () => {
  it('puts first what needs somebody first', () => {
    const order = byAttention([onTrack, stale, failing, accumulating, offTrack]).map((row) => row.key);
    expect(order.slice(0, 2)).toEqual(['revenue.mrr', 'acquisition.signups']);
    expect(order.at(-1)).toBe('growth.wau');
  });

  it('lets a broken source need somebody although the status is fine', () => {
    expect(needsAttention(failing)).toBe(true);
    expect(needsAttention(none)).toBe(true);
    expect(needsAttention(onTrack)).toBe(false);
  });

  it('keeps the order of the board among equals', () => {
    const twins = [
      { ...onTrack, key: 'b' },
      { ...onTrack, key: 'a' },
    ];
    expect(byAttention(twins).map((row) => row.key)).toEqual(['b', 'a']);
  });
});

describe('the address of a board', () => {
  it('names the states that are shown', () => {
    expect(chosenStatuses({ status: 'at_risk,off_track' })).toEqual(['off_track', 'at_risk']);
  });

  it('ignores words that are no state', () => {
    expect(chosenStatuses(boardSearch({ status: 'purple', extra: 1 }))).toEqual([]);
    expect(boardSearch({ cycle: 2026, status: ['x'] })).toEqual({ cycle: '2026' });
  });

  it('loses a filter that is switched off', () => {
    expect(toggled(['off_track'], 'off_track')).toBeUndefined();
    expect(toggled(['off_track'], 'at_risk')).toBe('off_track,at_risk');
  });

  it('shows rows that fit both filters, and no empty objective', () => {
    const shown = filtered(board, { status: 'on_track', data: 'failing' });
    expect(shown.map((objective) => objective.keyResults.map((row) => row.key))).toEqual([
      ['activation.trial-to-paid'],
    ]);
  });
});
