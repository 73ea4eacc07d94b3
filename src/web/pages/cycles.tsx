import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { serverNow } from '../clock.ts';
import { CarryOver } from '../components/settings/carry-over.tsx';
import { CloseCycle } from '../components/settings/close-cycle.tsx';
import { type Cycle, CycleForm } from '../components/settings/cycle-form.tsx';
import { CYCLE_WINDOWS, CycleRow, type CycleWindow } from '../components/settings/cycle-row.tsx';
import { ScorecardView } from '../components/settings/scorecard-view.tsx';
import { SettingsPage } from '../components/settings/settings-page.tsx';
import { Dialog } from '../components/ui/dialog.tsx';
import { Asked, EmptyState } from '../components/ui/page-parts.tsx';
import { say } from '../components/ui/toast.tsx';
import { useLanguage } from '../language.tsx';
import { dayIn, proposedCycle } from '../proposed-cycle.ts';
import { cyclesQuery } from '../setup-queries.ts';
import { useMe } from '../use-me.ts';

const route = getRouteApi('/settings/cycles');

/** The days that Key Results are judged over. What is open about which of them is part of the address. */
export function CyclesPage() {
  const { t } = useLanguage();
  const { mayEdit, me } = useMe();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const open = (next: Record<string, string>) =>
    void navigate({ search: next, replace: Object.keys(next).length === 0, resetScroll: false });
  const add = (
    <button type="button" onClick={() => open({ open: 'add' })} className="button button-main">
      {t('web.cycles.add')}
    </button>
  );
  return (
    <SettingsPage
      title="web.settings.cycles"
      about={t('web.cycles.about')}
      actions={mayEdit ? add : undefined}
    >
      <Asked query={useQuery(cyclesQuery)}>
        {(cycles) => (
          <>
            {cycles.length === 0 ? (
              <EmptyState title={t('state.no_cycle')} action={mayEdit ? add : undefined}>
                {t('web.cycles.none')}
              </EmptyState>
            ) : (
              <ul className="divide-y divide-line rounded-xl border border-line bg-surface">
                {cycles.map((cycle) => (
                  <CycleRow
                    key={cycle.id}
                    cycle={cycle}
                    mayEdit={mayEdit}
                    onOpen={(window) => open({ open: window, cycle: cycle.key })}
                  />
                ))}
              </ul>
            )}
            <Dialog
              open={search['open'] === 'add' && mayEdit && me !== null}
              onClose={() => open({})}
              title={t('web.cycles.add')}
            >
              {me === null ? null : (
                <CycleForm
                  proposed={proposedCycle(
                    dayIn(me.workspace.timeZone, serverNow()),
                    cycles.map(({ key }) => key),
                  )}
                  timeZone={me.workspace.timeZone}
                  button={t('web.cycles.add')}
                  onDone={({ title }) => {
                    open({});
                    say(t('web.cycles.added', { title }));
                  }}
                />
              )}
            </Dialog>
            <CycleWindowOf cycles={cycles} search={search} onClose={() => open({})} />
          </>
        )}
      </Asked>
    </SettingsPage>
  );
}

function CycleWindowOf(props: {
  cycles: readonly Cycle[];
  search: Record<string, string | undefined>;
  onClose: () => void;
}) {
  const { t } = useLanguage();
  const { cycles, onClose, search } = props;
  const cycle = cycles.find(({ key }) => key === search['cycle']);
  const window: CycleWindow | undefined = CYCLE_WINDOWS.find((name) => name === search['open']);
  if (cycle === undefined || window === undefined) return null;
  const others = cycles.filter(({ id, state }) => id !== cycle.id && state !== 'closed');
  return (
    <Dialog
      open
      onClose={onClose}
      title={t(`web.cycles.window.${window}`, { title: cycle.title })}
      shape={window === 'scorecard' ? 'drawer' : 'box'}
    >
      {window === 'scorecard' ? <ScorecardView cycle={cycle.key} /> : null}
      {window === 'close' ? (
        <CloseCycle
          cycle={cycle}
          onDone={() => {
            onClose();
            say(t('web.cycles.closed', { title: cycle.title }));
          }}
        />
      ) : null}
      {window === 'carry' ? <CarryOver cycle={cycle} others={others} /> : null}
    </Dialog>
  );
}
