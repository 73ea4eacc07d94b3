import type { AppStoreWorld } from '../app-store/server.ts';
import type { GoogleAccount } from '../google/token.ts';
import type { GooglePlayWorld, RatingRow } from '../google-play/world.ts';
import { utcDay } from '../model/time.ts';
import type { PlayDay, SurveyAnswer } from '../model/work/voices.ts';
import type { Work } from '../model/work/work.ts';
import type { TypeformForm, TypeformResponse, TypeformWorld } from '../typeform/world.ts';
import type { ZendeskWorld } from '../zendesk/world.ts';
import { APP_ID, PLAY_BUCKET, PLAY_PACKAGE, TEAM_FORM, TOOL_EMAIL, USER_FORM } from './names.ts';

/** What customers say, as the tools that hear it stand at an instant. */

const iso = (at: number): string => new Date(at * 1_000).toISOString().replace('.000', '');

export function appStoreOf({ appStore }: Work): AppStoreWorld {
  const stars: Record<string, number[]> = {};
  for (const day of appStore) {
    const sum = stars[day.country] ?? [0, 0, 0, 0, 0];
    stars[day.country] = sum.map((count, index) => count + (day.stars[index] ?? 0));
  }
  return { appId: APP_ID, name: 'Acme (sandbox data)', version: '4.0', stars };
}

export function googlePlayOf({ googlePlay }: Work, account: GoogleAccount, now: number): GooglePlayWorld {
  const rowsOf = ({ daily, dayAt, total, version }: PlayDay): RatingRow[] => {
    const told = {
      day: utcDay(dayAt),
      dailyAverage: daily === null ? null : daily.toFixed(2),
      totalAverage: total.toFixed(2),
    };
    return [
      { ...told, of: 'overview', value: '' },
      { ...told, of: 'app_version', value: version },
    ];
  };
  return {
    account,
    bucket: PLAY_BUCKET,
    nowSeconds: now,
    apps: [{ packageName: PLAY_PACKAGE, ratings: googlePlay.flatMap(rowsOf) }],
    lateDays: 2,
    mayRead: true,
    pageSize: 100,
    requestsPerMinute: 600,
  };
}

export function zendeskOf({ tickets }: Work, token: string, now: number): ZendeskWorld {
  return {
    nowSeconds: now,
    email: TOOL_EMAIL,
    apiToken: token,
    agent: { id: 7, name: 'Tidemark', role: 'admin', ticketRestriction: null },
    tickets: tickets.map(({ channel, createdAt, id, requesterId, solvedAt, tags }) => ({
      id,
      createdAt: iso(createdAt),
      status: solvedAt === null ? 'open' : 'solved',
      tags,
      channel,
      requesterId,
    })),
    ratings: [],
    indexLagSeconds: 120,
    accountOffsetMinutes: -300,
    maxPageSize: 1_000,
    requestsPerMinute: 400,
    exportsPerMinute: 100,
  };
}

const formOf = (id: string, title: string, hidden: string): TypeformForm => ({
  id,
  title,
  fields: [
    { id: `${id}Nps`, ref: 'nps', title: 'How likely are you to recommend us?', type: 'nps', steps: 11 },
  ],
  hidden: [hidden],
});

export function typeformOf({ teamSurvey, userSurvey }: Work, token: string, now: number): TypeformWorld {
  const responses = (formId: string, hidden: string, answers: readonly SurveyAnswer[]): TypeformResponse[] =>
    answers.map(({ id, respondent, score, submittedAt }) => ({
      formId,
      token: id,
      submittedAt: iso(submittedAt),
      hidden: { [hidden]: respondent },
      answers: [{ fieldId: `${formId}Nps`, number: score }],
    }));
  return {
    nowSeconds: now,
    token,
    scopes: ['responses:read', 'forms:read'],
    forms: [formOf(USER_FORM, 'User survey', 'user_id'), formOf(TEAM_FORM, 'Team survey', 'member')],
    responses: [
      ...responses(USER_FORM, 'user_id', userSurvey),
      ...responses(TEAM_FORM, 'member', teamSurvey),
    ],
    lateSeconds: 900,
    requestsPerSecond: 2,
  };
}
