import type { Model } from '../../../../sandbox/index.ts';
import { STORE_COUNTRIES } from '../../../../sandbox/model/work/voices.ts';
import { type Work, workUntil } from '../../../../sandbox/model/work/work.ts';
import { activated, cameBack, walked } from '../../../../sandbox/truth/events-cohorts.ts';
import { type ByDay, knownDeeds, type Sides } from '../../../../sandbox/truth/events-days.ts';
import { shared } from '../../../../sandbox/truth/events-people.ts';
import {
  trueBugsPerFeature,
  trueCoverage,
  trueDeployment,
  trueDone,
  trueLeadTime,
  trueReleaseBugs,
  trueVelocity,
} from '../../../../sandbox/truth/work-delivery.ts';
import {
  trueHeld,
  trueLearningTime,
  trueMargin,
  truePlans,
  truePosts,
  trueRemoteTests,
  trueSessions,
} from '../../../../sandbox/truth/work-office.ts';
import {
  trueAppSessions,
  trueCartAbandonment,
  trueLifetimeValue,
  trueNewReleaseViewers,
  trueStoreConversion,
  trueViewing,
} from '../../../../sandbox/truth/work-product.ts';
import { trueMeanAnswer, truePlayRating, trueTickets } from '../../../../sandbox/truth/work-voices.ts';
import { ga4ActiveUsers, ga4ByDay } from '../../../../sandbox/truth.ts';
import { addDays } from '../../../../src/domain/day.ts';
import {
  churned,
  movedInMonth,
  netRetention,
  payback,
  referralRevenue,
  referredByMetadata,
  trialsPaid,
} from './billing.ts';

/** The value that a Key Result should show at the close of a day, worked out from what really happened. */
export type Truth = (asOfDay: string) => number | null;

/**
 * The truth of every Key Result of the casebook that a source tells, by its key.
 *
 * @param startDay the first day of the cycle
 */
export function casebookTruths(model: Model, now: Date, startDay: string): Readonly<Record<string, Truth>> {
  const work: Work = workUntil(model, Math.floor(now.getTime() / 60_000) * 60);
  const deeds = knownDeeds(model, { now, timeZone: 'UTC' });
  const sides = (told: ByDay<Sides>, day: string): number => {
    const found = told.get(day);
    return found === undefined ? Number.NaN : found.numerator / found.denominator;
  };
  const [SIGN_UP, PROJECT] = ['Sign Up', 'Project Created'];
  const dropOff: Truth = (day) =>
    1 - sides(walked(deeds, { steps: ['Sign Up Started', SIGN_UP], withinHours: 24, windowDays: 28 }), day);
  const rating: Truth = () => {
    let [stars, count] = [0, 0];
    for (const country of STORE_COUNTRIES) {
      const given = work.appStore
        .filter((day) => day.country === country)
        .flatMap((day) => day.stars.map((n, index) => ({ n, star: index + 1 })));
      const number = given.reduce((sum, { n }) => sum + n, 0);
      const mean = given.reduce((sum, { n, star }) => sum + n * star, 0) / number;
      // Each store tells five decimals.
      stars += (Math.round(mean * 1e5) / 1e5) * number;
      count += number;
    }
    return stars / count;
  };
  const held = (tag: string, day: string) => trueHeld(work.meetings, tag, startDay, day);
  return {
    'discover.interviews': (day) => held('problem-interview', day),
    'user-tests.live': (day) => held('usability-live', day),
    'user-tests.remote': (day) => trueRemoteTests(work.remoteTests, startDay, day),
    'new-version.nps': (day) => trueMeanAnswer(work.userSurvey, 90, day),
    'satisfaction.nps': (day) => trueMeanAnswer(work.userSurvey, 90, day),
    'satisfaction.requests': (day) =>
      trueTickets(work.tickets, 30, day) /
      ga4ActiveUsers(model, { startDay: addDays(day, -29), endDay: day }, { now, timeZone: 'UTC' }),
    'satisfaction.churn-calls': (day) => held('churn-interview', day),
    'satisfaction.google-play': (day) => truePlayRating(work.googlePlay, day),
    'unit-economics.payback': (day) => payback(model, work, now, day),
    'unit-economics.margin': (day) => trueMargin(work.books, day),
    'learning.time': (day) => trueLearningTime(work.learning, day),
    'learning.plans': (day) => truePlans(work.plans, day),
    'learning.sharing': (day) => trueSessions(work.weeklySession, startDay, day),
    'team.nps': (day) => trueMeanAnswer(work.teamSurvey, 28, day),
    'community.posts': (day) => truePosts(work.posts, 'product-process', startDay, day),
    'community.meet-ups': (day) => held('meetup', day),
    'discover.hypotheses': (day) => trueDone(work.board, 'hypothesis', startDay, day),
    'team-speed.velocity': (day) => trueVelocity(work.board, day),
    'team-speed.bugs': (day) => trueBugsPerFeature(work.board, day),
    'team-speed.lead-time': (day) => trueLeadTime(work.repository, day),
    'engineering.coverage': (day) => trueCoverage(work.coverage, day),
    'engineering.deployment': (day) => trueDeployment(work.repository, day),
    'trials.sign-ups': (day) =>
      sides(walked(deeds, { steps: [SIGN_UP, 'Free Trial Started'], withinHours: 168, windowDays: 28 }), day),
    'trials.paid': (day) => trialsPaid(model, now, day),
    'trials.referral-revenue': (day) => referralRevenue(model, now, day),
    'new-version.bugs': (day) => trueReleaseBugs(work.repository, day),
    'new-version.drop-off': dropOff,
    'new-version.app-store': rating,
    'onboarding.drop-off': dropOff,
    'onboarding.completed': (day) =>
      sides(
        activated(deeds, { signUp: SIGN_UP, deed: PROJECT, times: 1, withinDays: 7, windowDays: 28 }),
        day,
      ),
    'onboarding.activated': (day) =>
      sides(
        activated(deeds, { signUp: SIGN_UP, deed: PROJECT, times: 3, withinDays: 14, windowDays: 28 }),
        day,
      ),
    'engagement.retention': (day) =>
      sides(
        cameBack(deeds, {
          start: SIGN_UP,
          comeBack: 'Page Viewed',
          fromDays: 30,
          beforeDays: 60,
          windowDays: 28,
        }),
        day,
      ),
    'engagement.time': (asOfDay) => {
      let [seconds, people] = [0, 0];
      for (const [day, { activeUsers, engagedSeconds }] of ga4ByDay(model, { now, timeZone: 'UTC' })) {
        if (day > asOfDay || day <= addDays(asOfDay, -28)) continue;
        seconds += engagedSeconds;
        people += activeUsers;
      }
      return seconds / people;
    },
    'engagement.sessions': (day) => trueAppSessions(work.appDays, day),
    'satisfaction.app-store': rating,
    'satisfaction.reviews': (day) =>
      sides(shared(deeds, { active: 'Review Prompted', deed: 'Review Accepted', windowDays: 28 }), day),
    // Money is whole cents.
    'unit-economics.ltv': (day) => Math.round(trueLifetimeValue(work.subscribers, day)),
    'unit-economics.up-sell': (day) => movedInMonth(model, now, day, 'expansion'),
    'unit-economics.down-sell': (day) => movedInMonth(model, now, day, 'contraction'),
    'unit-economics.net-retention': (day) => netRetention(model, now, day),
    'referrals.sharers': (day) =>
      sides(shared(deeds, { active: 'Page Viewed', deed: 'Report Shared', windowDays: 30 }), day),
    'referrals.new-revenue': (day) => movedInMonth(model, now, day, 'new', referredByMetadata(model)),
    'mobile-app.rating': rating,
    'mobile-app.tickets': (day) => trueTickets(work.tickets, 30, day, 'usability'),
    'streaming.viewing': (day) => trueViewing(work.plays, day),
    'streaming.new-releases': (day) => trueNewReleaseViewers(work.plays, day),
    'streaming.churn': (day) => churned(model, now, day),
    'stores.conversion': (day) => trueStoreConversion(work.stores, day),
    'stores.carts': (day) => trueCartAbandonment(work.stores, day),
  };
}
