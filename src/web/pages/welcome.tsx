import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { serverNow } from '../clock.ts';
import { type Cycle, CycleForm } from '../components/settings/cycle-form.tsx';
import { WelcomeLive } from '../components/settings/welcome-live.tsx';
import { WelcomeSource } from '../components/settings/welcome-source.tsx';
import { type StepState, WelcomeStep } from '../components/settings/welcome-step.tsx';
import { Asked, PageHead } from '../components/ui/page-parts.tsx';
import { lastDay } from '../format.ts';
import { useLanguage } from '../language.tsx';
import { dayIn, proposedCycle } from '../proposed-cycle.ts';
import { firstStepsQuery } from '../setup-queries.ts';
import { useMe } from '../use-me.ts';

const route = getRouteApi('/welcome');

/**
 * From an empty workspace to the first live Key Result. What is done is read from the workspace itself: the page can be
 * left at any step, here, on the command line or by somebody else, and goes on where it stands.
 */
export function WelcomePage() {
  const { t } = useLanguage();
  return (
    <div className="mx-auto max-w-3xl">
      <PageHead title={t('web.welcome.title')}>{t('web.welcome.about')}</PageHead>
      <Asked query={useQuery(firstStepsQuery)}>{(steps) => <Steps {...steps} />}</Asked>
    </div>
  );
}

type FirstSteps = Awaited<ReturnType<NonNullable<typeof firstStepsQuery.queryFn>>>;

function Steps({ connections, cycles, keyResults }: FirstSteps) {
  const { t } = useLanguage();
  const { mayEdit, me } = useMe();
  // Of a source that was just connected: what is made next is measured by it.
  const { connection } = route.useSearch();
  const cycle =
    cycles.find(({ state }) => state === 'running') ?? cycles.find(({ state }) => state !== 'closed');
  const [first] = keyResults;
  const hasSource = connections.length > 0;
  const states = stepStates([cycle !== undefined, hasSource || first !== undefined, first !== undefined]);
  if (me !== null && !mayEdit) return <p className="leading-relaxed">{t('web.welcome.reader')}</p>;
  const source = connections.find(({ key }) => key === connection)?.key ?? connections.at(-1)?.key;
  return (
    <>
      <ol>
        <WelcomeStep
          number={1}
          title={t('web.welcome.cycle')}
          state={states[0]}
          {...(cycle === undefined ? {} : { outcome: <CycleLine cycle={cycle} /> })}
        >
          {cycle === undefined && me !== null ? (
            <CycleForm
              proposed={proposedCycle(
                dayIn(me.workspace.timeZone, serverNow()),
                cycles.map(({ key }) => key),
              )}
              timeZone={me.workspace.timeZone}
              button={t('web.welcome.cycle_button')}
              onDone={() => {}}
            />
          ) : undefined}
        </WelcomeStep>
        <WelcomeStep
          number={2}
          title={t('web.welcome.source')}
          state={states[1]}
          {...(hasSource ? { outcome: connections.map(({ title }) => title).join(', ') } : {})}
        >
          {states[1] === 'now' ? <WelcomeSource /> : undefined}
        </WelcomeStep>
        <WelcomeStep number={3} title={t('web.welcome.key_result')} state={states[2]}>
          {states[2] === 'now' ? (
            <>
              <p className="max-w-xl leading-relaxed text-muted">{t('web.welcome.key_result_text')}</p>
              <Link
                to="/new"
                search={source === undefined ? {} : { connection: source }}
                className="button button-main mt-3 inline-block"
              >
                {t('web.nav.add')}
              </Link>
            </>
          ) : undefined}
        </WelcomeStep>
        <WelcomeStep number={4} title={t('web.welcome.live')} state={first === undefined ? 'later' : 'now'}>
          {first === undefined ? undefined : <WelcomeLive rows={keyResults} />}
        </WelcomeStep>
      </ol>
      <p className="border-t border-line pt-4 text-[13px] leading-relaxed text-muted">
        {t('web.welcome.move_in')}{' '}
        <Link to="/settings/data" className="link">
          {t('web.settings.data')}
        </Link>
      </p>
    </>
  );
}

function CycleLine({ cycle }: { cycle: Cycle }) {
  const { t, format } = useLanguage();
  const { endDay, startDay, timeZone, title } = cycle;
  const days = t('web.cycle_days', {
    startDay: format.day(startDay),
    lastDay: format.day(lastDay(endDay)),
    timeZone,
  });
  return `${title} · ${days}`;
}

/** The first step that is not done is the one to do now. */
function stepStates(done: readonly [boolean, boolean, boolean]): [StepState, StepState, StepState] {
  const now = done.indexOf(false);
  const state = (index: number): StepState =>
    done[index] === true ? 'done' : index === now ? 'now' : 'later';
  return [state(0), state(1), state(2)];
}
