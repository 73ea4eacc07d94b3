import { describe, expect, it } from 'vitest';
import { composeNews } from '../../src/app/compose-news.ts';
import type { NewsEvent } from '../../src/app/news.ts';
import type { ComposingChannel, Standing, WaitingNotice } from '../../src/app/ports-alerting.ts';
import { type ChannelSettings, forPeople, forPrograms } from '../../src/domain/channel-settings.ts';
import { keyResultItem, titled } from '../notifications/news.ts';

// A Wednesday in UTC. People are spoken to from 7 to 20 on weekdays, hear a digest at 8, five messages a day; news of a
// group waits 10 minutes for others, and the next message about it comes 4 hours after the last.
const at = (clock: string): Date => new Date(`2026-08-12T${clock}:00Z`);
const noon = at('12:00');
const APP = 'https://tidemark.example';

/** "3" is the news with that id; what is not said of it is usual: of alert a<id>, off track, due, in the group "grow". */
function notice(id: number, change: Partial<WaitingNotice> & { title?: string } = {}): WaitingNotice {
  const { title = `KR ${id}`, ...rest } = change;
  const alertId = rest.alertId ?? `a${id}`;
  const { event = 'key_result.off_track', severity = 'warning' } = rest;
  const isOver = event === 'key_result.recovered' || event === 'key_result.achieved';
  return {
    id: String(id),
    alertId,
    event,
    severity,
    lane: 'now',
    groupKey: 'grow',
    item: titled(title, { alertId, event, severity: isOver ? 'info' : severity }),
    dueAt: at('07:00'),
    unsent: null,
    ...rest,
  };
}
const recovered = (id: number, alertId: string, change: Partial<WaitingNotice> = {}): WaitingNotice =>
  notice(id, { alertId, event: 'key_result.recovered', ...change });
const lying = (outboxId: string, wasTried = false) => ({ unsent: { outboxId, wasTried } });

function reader(
  change: Omit<Partial<ComposingChannel>, 'settings'> & { settings?: Partial<ChannelSettings> } = {},
) {
  const { settings, ...rest } = change;
  const channel: ComposingChannel = {
    id: 'chn_1',
    kind: 'slack',
    settings: { ...forPeople, digest: null, ...settings },
    timeZone: 'UTC',
    workspace: 'Acme',
    digestAt: at('08:00'),
    lastByGroup: new Map(),
    composedToday: 0,
    composedLastHour: 0,
    ...rest,
  };
  return channel;
}
const program = (change: Partial<ComposingChannel> = {}): ComposingChannel => ({
  ...reader(),
  kind: 'webhook',
  settings: forPrograms,
  ...change,
});
const nothingStands = async (): Promise<Standing> => ({ stillOffTrack: [], decided: [] });

async function compose(
  notices: WaitingNotice[],
  channel = reader(),
  now = noon,
  standing: () => Promise<Standing> = nothingStands,
) {
  const composition = await composeNews(channel, notices, standing, now, APP);
  return {
    ...composition,
    /** Which news each message tells, the most important first, and which messages it replaces. */
    said: composition.messages.map(({ news, noticeIds, supersedes }) => {
      const place = supersedes.length === 0 ? '' : ` for ${supersedes.join(',')}`;
      return `${news.type === 'digest' ? 'digest ' : ''}${noticeIds.join(' ')}${place}`;
    }),
  };
}

describe('of one alert', () => {
  const cases: { why: string; notices: WaitingNotice[]; said: string[]; dropped: string[] }[] = [
    { why: 'what began is told', notices: [notice(1)], said: ['1'], dropped: [] },
    {
      why: 'what began and ended before anybody was told is told to nobody',
      notices: [notice(1), recovered(2, 'a1')],
      said: [],
      dropped: ['1', '2'],
    },
    {
      why: 'nor is its end when its beginning lies in a message that nobody has tried to send',
      notices: [notice(1, lying('m1')), recovered(2, 'a1')],
      said: [],
      dropped: ['1', '2'],
    },
    {
      why: 'what was tried may have arrived: its end is told in its place',
      notices: [notice(1, lying('m1', true)), recovered(2, 'a1')],
      said: ['2 for m1'],
      dropped: [],
    },
    {
      why: 'the end of what was told long ago is told',
      notices: [recovered(2, 'a1')],
      said: ['2'],
      dropped: [],
    },
    {
      why: 'of two pieces of news the newer is told',
      notices: [notice(1), notice(2, { alertId: 'a1', event: 'key_result.got_worse' })],
      said: ['2'],
      dropped: ['1'],
    },
    {
      why: 'that it got worse and was over then is its end alone',
      notices: [notice(2, { alertId: 'a1', event: 'key_result.got_worse' }), recovered(3, 'a1')],
      said: ['3'],
      dropped: ['2'],
    },
    {
      why: 'what got worse takes the place of the unsent beginning',
      notices: [notice(1, lying('m1')), notice(2, { alertId: 'a1', event: 'key_result.got_worse' })],
      said: ['2 for m1'],
      dropped: [],
    },
    {
      why: 'the next episode is another alert and is told',
      notices: [notice(1), recovered(2, 'a1'), notice(3, { alertId: 'a1-again' })],
      said: ['3'],
      dropped: ['1', '2'],
    },
    {
      why: 'what lies unsent already needs no second message',
      notices: [notice(1, lying('m1'))],
      said: [],
      dropped: [],
    },
  ];
  it.each(cases)('$why', async ({ dropped, notices, said }) => {
    const composed = await compose(notices);
    expect(composed.said).toEqual(said);
    expect(composed.dropped.toSorted()).toEqual(dropped);
    const toProgram = await compose(notices, program());
    expect(toProgram.said).toEqual(said);
  });
});

describe('of one group', () => {
  it('travels in one message, the critical first, without the charts that only one would have room for', async () => {
    const { messages, said } = await compose([notice(1), notice(2, { severity: 'critical' }), notice(3)]);
    expect(said).toEqual(['2 1 3']);
    expect(messages[0]).toMatchObject({ kind: 'news', groupKey: 'grow' });
    const [message] = messages;
    if (message?.news.type !== 'news') throw new Error('it is news');
    expect(message.news.items.map(({ chart }) => chart)).toEqual([null, null, null]);
  });

  it('alone keeps its chart and says what it is', async () => {
    const { messages } = await compose([notice(1)]);
    expect(messages[0]).toMatchObject({ kind: 'key_result.off_track', eventKey: 'news:1' });
    expect(messages[0]?.news).toMatchObject({ items: [{ chart: keyResultItem().chart }], more: 0 });
  });

  it('names ten and counts the rest', async () => {
    const { messages } = await compose(Array.from({ length: 13 }, (_, index) => notice(index + 1)));
    expect(messages).toHaveLength(1);
    expect(messages[0]?.noticeIds).toHaveLength(13);
    const [message] = messages;
    if (message?.news.type !== 'news') throw new Error('it is news');
    expect([message.news.items.length, message.news.more]).toEqual([10, 3]);
  });

  it('is told apart from another group', async () => {
    expect((await compose([notice(1), notice(2, { groupKey: 'keep' })])).said).toEqual(['1', '2']);
  });

  it('goes to a program one by one', async () => {
    const { messages, said } = await compose([notice(1), notice(2)], program());
    expect(said).toEqual(['1', '2']);
    // Each alert is a line of its own, so that one that is refused holds up no other.
    expect(messages.map(({ groupKey }) => groupKey)).toEqual(['grow:a1', 'grow:a2']);
  });

  it('sends a program nothing again because other news of the group has come', async () => {
    expect((await compose([notice(1, lying('m1')), notice(2)], program())).said).toEqual(['2']);
  });
});

describe('when', () => {
  const waiting = { dueAt: at('12:05') };
  const told = (clock: string) => new Map([['grow', at(clock)]]);
  it.each([
    { why: 'waits for others first', notices: [notice(1, waiting)], now: '12:00', said: [] },
    { why: 'goes at the very moment it is due', notices: [notice(1, waiting)], now: '12:05', said: ['1'] },
    {
      why: 'takes along what has only just come',
      notices: [notice(1), notice(2, waiting)],
      now: '12:00',
      said: ['1 2'],
    },
    {
      why: 'waits until 4 hours after the last',
      notices: [notice(1)],
      last: '08:01',
      now: '12:00',
      said: [],
    },
    { why: 'goes 4 hours after the last', notices: [notice(1)], last: '08:00', now: '12:00', said: ['1'] },
    {
      why: 'does not wait when it is critical',
      notices: [notice(1, { severity: 'critical' })],
      last: '11:55',
      now: '12:00',
      said: ['1'],
    },
    {
      why: 'waits when something critical is over',
      notices: [recovered(1, 'a0', { severity: 'critical' })],
      last: '11:55',
      now: '12:00',
      said: [],
    },
    { why: 'waits out the night', notices: [notice(1)], now: '20:00', said: [] },
    {
      why: 'waits out the night also when it is critical',
      notices: [notice(1, { severity: 'critical' })],
      now: '23:30',
      said: [],
    },
    { why: 'goes until the last moment of the day', notices: [notice(1)], now: '19:59', said: ['1'] },
  ])('news $why', async ({ last, notices, now, said }) => {
    const channel = reader(last === undefined ? {} : { lastByGroup: told(last) });
    expect((await compose(notices, channel, at(now))).said).toEqual(said);
  });

  it('waits out the weekend, in the reader’s own zone', async () => {
    // Saturday 15 August 2026, 02:00 in UTC, is Friday 19:00 in Los Angeles, and Saturday in Berlin.
    const saturday = new Date('2026-08-15T02:00:00Z');
    const here = (timeZone: string) => reader({ settings: { timeZone } });
    expect((await compose([notice(1)], here('America/Los_Angeles'), saturday)).said).toEqual(['1']);
    expect((await compose([notice(1)], here('Europe/Berlin'), saturday)).said).toEqual([]);
  });
});

describe('a message that lies unsent', () => {
  it('is replaced by one that says the same and what is new', async () => {
    const { messages, said } = await compose([notice(1, lying('7')), notice(2)]);
    expect(said).toEqual(['1 2 for 7']);
    expect(messages[0]?.eventKey).toBe('news:1.2:for:7');
  });

  it('stays as it is when it was tried: what may have arrived goes out under no other id', async () => {
    expect((await compose([notice(1, lying('7', true)), notice(2)])).said).toEqual(['2']);
  });

  it('says the rest anew when a part of it is over, at once and at any hour', async () => {
    const both = [notice(1, lying('7')), notice(2, lying('7')), recovered(3, 'a1', { dueAt: at('23:00') })];
    const night = await compose(both, reader(), at('22:00'));
    expect(night.said).toEqual(['2 for 7']);
    expect(night.dropped.toSorted()).toEqual(['1', '3']);
  });

  it('gets a key of its own each time it is said anew, also when the same was said before', async () => {
    const first = (await compose([notice(2)])).messages[0]?.eventKey;
    const joined = (await compose([notice(1), notice(2, lying('7'))])).messages[0]?.eventKey;
    const alone = (await compose([notice(1, lying('8')), notice(2, lying('8')), recovered(3, 'a1')]))
      .messages[0]?.eventKey;
    expect([first, joined, alone]).toEqual(['news:2', 'news:1.2:for:7', 'news:2:for:8']);
  });

  it('is not replaced by the end of one of the things in it while it may have arrived with the other', async () => {
    const both = [notice(1, lying('7', true)), notice(2, lying('7', true)), recovered(3, 'a1')];
    const { dropped, said } = await compose(both);
    expect(said).toEqual(['3']);
    expect(dropped).toEqual([]);
  });

  it('has different keys for different news, however much of it there is', async () => {
    const many = Array.from({ length: 40 }, (_, index) => notice(1_000_000 + index));
    const [all] = (await compose(many)).messages;
    const [most] = (await compose(many.slice(0, 39))).messages;
    expect(all?.eventKey).not.toBe(most?.eventKey);
    expect(all?.eventKey.length).toBeLessThanOrEqual(200);
  });
});

describe('too much', () => {
  const withDigest = { digest: forPeople.digest };

  it('for a day goes into the digest, the critical excepted', async () => {
    const channel = reader({ settings: withDigest, composedToday: 5 });
    const notices = [notice(1), notice(2, { groupKey: 'keep', severity: 'critical' })];
    const { postponed, said } = await compose(notices, channel);
    expect(said).toEqual(['2']);
    expect(postponed).toEqual(['1']);
  });

  it('for a day counts what is composed at this moment', async () => {
    const channel = reader({ settings: withDigest, composedToday: 3 });
    const notices = ['a', 'b', 'c'].map((groupKey, index) => notice(index + 1, { groupKey }));
    const { postponed, said } = await compose(notices, channel);
    expect([said, postponed]).toEqual([['1', '2'], ['3']]);
  });

  it('for a day counts no replacement, and postpones nothing that has its message', async () => {
    const channel = reader({ settings: withDigest, composedToday: 5 });
    const notices = [notice(1, lying('7')), notice(2, lying('7')), recovered(3, 'a1'), notice(4)];
    const { postponed, said } = await compose(notices, channel);
    expect(said).toEqual(['2 for 7']);
    expect(postponed).toEqual(['4']);
  });

  it('has no limit for a reader without a digest, for nothing would tell the rest', async () => {
    const channel = reader({ composedToday: 50 });
    expect((await compose([notice(1)], channel)).said).toEqual(['1']);
  });

  it('for an hour waits for the next: 30 messages, however they are made', async () => {
    const many = Array.from({ length: 40 }, (_, index) => notice(index + 1));
    expect((await compose(many, program({ composedLastHour: 28 }))).said).toEqual(['1', '2']);
    expect((await compose(many, program())).said).toHaveLength(30);
    expect((await compose(many, program({ composedLastHour: 30 }))).said).toEqual([]);
  });
});

describe('the digest', () => {
  const daily = (change: Omit<Partial<ComposingChannel>, 'settings'> = {}) =>
    reader({ settings: { digest: forPeople.digest }, digestAt: new Date('2026-08-11T08:00:00Z'), ...change });
  const weekly = (change: Omit<Partial<ComposingChannel>, 'settings'> = {}) =>
    reader({
      settings: { digest: { period: 'weekly', at: '09:00', weekday: 3 } },
      digestAt: new Date('2026-08-05T09:00:00Z'),
      ...change,
    });
  const later = (id: number, event: NewsEvent, change: Partial<WaitingNotice> = {}) =>
    notice(id, { lane: 'digest', event, ...change });
  const stands = (title: string, alertId: string | null, event: NewsEvent = 'key_result.still_off_track') =>
    titled(title, { alertId, event });

  it('comes at its time and not before, with what waited for it', async () => {
    const early = await compose([later(1, 'key_result.off_track')], daily(), at('07:59'));
    expect([early.said, early.digestAt]).toEqual([[], null]);
    const due = await compose([later(1, 'key_result.off_track')], daily(), at('08:00'));
    expect(due.said).toEqual(['digest 1']);
    expect(due.digestAt).toEqual(at('08:00'));
    expect(due.messages[0]).toMatchObject({
      eventKey: 'digest:chn_1:2026-08-12T08:00:00.000Z',
      groupKey: null,
      kind: 'digest',
      news: { period: 'daily', fromDay: '2026-08-11', throughDay: '2026-08-11', workspace: 'Acme' },
    });
  });

  it('has its sections in the order of what asks for somebody, eight of each by name', async () => {
    const notices = [
      later(1, 'key_result.recovered'),
      later(2, 'key_result.check_in_due'),
      later(3, 'connection.no_data'),
      ...Array.from({ length: 9 }, (_, index) => later(10 + index, 'key_result.off_track')),
    ];
    const { messages } = await compose(notices, daily(), at('08:00'));
    const [message] = messages;
    if (message?.news.type !== 'digest') throw new Error('it is a digest');
    expect(message.news.sections.map(({ items, more, section }) => [section, items.length, more])).toEqual([
      ['newly_off_track', 8, 1],
      ['no_data', 1, 0],
      ['check_in_due', 1, 0],
      ['recovered', 1, 0],
    ]);
    expect(message.noticeIds).toHaveLength(12);
  });

  it('says what still burns, but not once more what is news in it', async () => {
    const standing = async () => ({
      stillOffTrack: [stands('Old trouble', 'a9'), stands('New trouble', 'a1')],
      decided: [],
    });
    const { messages } = await compose([later(1, 'key_result.off_track')], daily(), at('08:00'), standing);
    const [message] = messages;
    if (message?.news.type !== 'digest') throw new Error('it is a digest');
    expect(
      message.news.sections.map(({ items, section }) => [section, items.map(({ alertId }) => alertId)]),
    ).toEqual([
      ['newly_off_track', ['a1']],
      ['still_off_track', ['a9']],
    ]);
  });

  it('says once that a goal is met, where that ended an alert too', async () => {
    const met = later(1, 'key_result.achieved');
    const decided = { ...met.item, alertId: null };
    const { messages } = await compose([met], daily(), at('08:00'), async () => ({
      stillOffTrack: [],
      decided: [decided],
    }));
    const [message] = messages;
    if (message?.news.type !== 'digest') throw new Error('it is a digest');
    expect(message.news.sections.map(({ items, section }) => [section, items.length])).toEqual([
      ['achieved', 1],
    ]);
  });

  it('is not sent when it is empty, and is over for the day all the same', async () => {
    const { digestAt, said } = await compose([], daily(), at('08:00'));
    expect([said, digestAt]).toEqual([[], at('08:00')]);
  });

  it('comes weekly for what merely goes on, and daily not', async () => {
    const standing = async () => ({ stillOffTrack: [stands('Old trouble', 'a9')], decided: [] });
    expect((await compose([], daily(), at('08:00'), standing)).said).toEqual([]);
    const { messages } = await compose([], weekly(), at('09:00'), standing);
    expect(messages[0]).toMatchObject({
      eventKey: 'digest:chn_1:2026-08-12T09:00:00.000Z',
      news: { period: 'weekly', fromDay: '2026-08-05', throughDay: '2026-08-11' },
    });
    expect((await compose([], weekly(), at('08:59'), standing)).said).toEqual([]);
  });

  // Thursday the 6th was the last; those of the 7th, 10th and 11th were missed.
  it('comes once after days without one, and covers every day since the last', async () => {
    const channel = daily({ digestAt: new Date('2026-08-06T08:00:30Z') });
    const { digestAt, messages } = await compose([later(1, 'key_result.off_track')], channel, at('09:30'));
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatchObject({
      eventKey: 'digest:chn_1:2026-08-12T08:00:00.000Z',
      news: { fromDay: '2026-08-06', throughDay: '2026-08-11', missed: 3 },
    });
    expect(digestAt).toEqual(at('09:30'));
    const next = { ...channel, digestAt: at('09:30') };
    expect((await compose([later(2, 'key_result.off_track')], next, at('23:00'))).said).toEqual([]);
  });

  it('says nothing of missed ones where none was', async () => {
    const { messages } = await compose([later(1, 'key_result.off_track')], daily(), at('08:00'));
    expect(messages[0]?.news).not.toHaveProperty('missed');
  });

  it('is worth sending for what was decided alone', async () => {
    const missed = stands('Referrals', null, 'key_result.missed');
    const standing = async () => ({ stillOffTrack: [], decided: [missed] });
    expect((await compose([], daily(), at('08:00'), standing)).said).toEqual(['digest ']);
  });

  it('takes what was too much on the same morning, and asks what stands only when it is due', async () => {
    const channel = daily({ composedToday: 5 });
    const { postponed, said } = await compose([notice(1)], channel, at('08:00'));
    expect([said, postponed]).toEqual([['digest 1'], ['1']]);
    const asked: string[] = [];
    const standing = async () => {
      asked.push('asked');
      return { stillOffTrack: [], decided: [] };
    };
    await compose([notice(1)], daily(), at('07:30'), standing);
    expect(asked).toEqual([]);
  });

  it('leaves out what went at once', async () => {
    const { said } = await compose([notice(1), later(2, 'key_result.off_track')], daily(), at('08:00'));
    expect(said).toEqual(['1', 'digest 2']);
  });
});
