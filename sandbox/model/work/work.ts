import type { Company } from '../company.ts';
import { dayStart, type EpochSeconds } from '../time.ts';
import { type Board, playBoard } from './delivery.ts';
import {
  type CoverageReport,
  type LearningDay,
  type Meeting,
  type MonthBooks,
  type PlanDay,
  type Post,
  playBlog,
  playBooks,
  playCalendar,
  playCoverage,
  playLearning,
  playPlans,
  playRemoteTests,
  playSpend,
  playWeeklySession,
  type RemoteTest,
  type SpendDay,
  type WeeklySession,
} from './office.ts';
import {
  type AppDay,
  type AppSubscriber,
  type Play,
  playAppDays,
  playPlays,
  playStores,
  playSubscribers,
  type StoreDaySales,
} from './product.ts';
import { playRepository, type Repository } from './repository.ts';
import {
  type PlayDay,
  playAppStore,
  playGooglePlay,
  playTeamSurvey,
  playTickets,
  playUserSurvey,
  type StoreDay,
  type SurveyAnswer,
  type Ticket,
} from './voices.ts';

/** What the people who work at the company do, up to an instant: what their tools know, beside money and product use. */
export type Work = {
  board: Board;
  repository: Repository;
  coverage: CoverageReport[];
  tickets: Ticket[];
  userSurvey: SurveyAnswer[];
  teamSurvey: SurveyAnswer[];
  appStore: StoreDay[];
  googlePlay: PlayDay[];
  meetings: Meeting[];
  weeklySession: WeeklySession;
  remoteTests: RemoteTest[];
  learning: LearningDay[];
  plans: PlanDay[];
  books: MonthBooks[];
  spend: SpendDay[];
  posts: Post[];
  appDays: AppDay[];
  subscribers: AppSubscriber[];
  plays: Play[];
  stores: StoreDaySales[];
};

type Options = { seed: number; anchorDay: string; company: Company };

/**
 * Each part when it is asked for, because a demo's server needs one of them at a time. Like the company's own history,
 * what happened on a day depends on the seed, the anchor day and that day alone.
 */
export function workUntil({ anchorDay, company, seed }: Options, untilAt: EpochSeconds): Work {
  const stretch = { seed, anchorAt: dayStart(anchorDay), untilAt };
  const players: { [Part in keyof Work]: () => Work[Part] } = {
    board: () => playBoard(stretch),
    repository: () => playRepository(stretch),
    coverage: () => playCoverage(stretch),
    tickets: () => playTickets(stretch, usersAMonth(company)),
    userSurvey: () => playUserSurvey(stretch),
    teamSurvey: () => playTeamSurvey(stretch),
    appStore: () => playAppStore(stretch),
    googlePlay: () => playGooglePlay(stretch),
    meetings: () => playCalendar(stretch),
    weeklySession: () => playWeeklySession(stretch),
    remoteTests: () => playRemoteTests(stretch),
    learning: () => playLearning(stretch),
    plans: () => playPlans(stretch),
    books: () => playBooks(stretch),
    spend: () => playSpend(stretch),
    posts: () => playBlog(stretch),
    appDays: () => playAppDays(stretch),
    subscribers: () => playSubscribers(stretch),
    plays: () => playPlays(stretch),
    stores: () => playStores(stretch),
  };
  const work = {};
  for (const [part, play] of Object.entries(players)) {
    let known: unknown;
    Object.defineProperty(work, part, { enumerable: true, get: () => (known ??= play()) });
  }
  return work as Work; // a getter for each of its keys
}

/** About as many as were active in a month of the company's second year. */
const usersAMonth = (company: Company): number => Math.round(58 * company.dailyVisitors);
