import type { KeyResultDetail } from '../../api/contract.ts';
import { overrideLine, waitingLine } from '../definition-words.ts';
import { useLanguage } from '../language.tsx';
import { usePanel } from '../use-panel.ts';
import { CycleNote } from './cycle-note.tsx';
import { HandIcon, NewIcon } from './icons.tsx';
import { useMayChange } from './key-result-actions.tsx';
import { Command } from './notices.tsx';

/** What one has to know before one reads the numbers: an owner's value in force, and a definition that waits. */
export function StandingNotes({ detail }: { detail: KeyResultDetail }) {
  const { t, format } = useLanguage();
  const { open } = usePanel();
  const mayChange = useMayChange(detail);
  // In a closed cycle there is nothing left to accept.
  const newDefinition = detail.cycle.state === 'closed' ? null : detail.newDefinition;
  const inForce = detail.overrides.find(({ id }) => id === detail.override?.id);
  return (
    <>
      <CycleNote cycle={detail.cycle} />
      {detail.override === null ? null : (
        <section className="mb-4 flex gap-2.5 rounded-lg bg-calm-soft px-3.5 py-2.5 text-[13px] leading-relaxed text-calm">
          <span className="flex h-5 items-center">
            <HandIcon />
          </span>
          <div className="min-w-0 break-words">
            <h2 className="font-medium">
              {t('override.in_force', { untilDay: format.day(detail.override.untilDay) })}
            </h2>
            {inForce === undefined ? null : <p>{overrideLine(t, format, inForce, detail)}</p>}
            {mayChange ? (
              <button type="button" className="link min-h-6" onClick={() => open({ do: 'end-override' })}>
                {t('web.kr.override_end')}
              </button>
            ) : null}
          </div>
        </section>
      )}
      {newDefinition === null ? null : (
        <section className="mb-4 flex gap-2.5 rounded-lg border border-line bg-surface px-3.5 py-2.5 text-[13px] leading-relaxed">
          <span className="flex h-5 items-center text-muted">
            <NewIcon />
          </span>
          <div className="min-w-0 flex-1 break-words">
            <h2 className="font-medium">{waitingLine(t, newDefinition)}</h2>
            <p className="text-muted">{t('web.new_definition')}</p>
            {mayChange ? (
              <button type="button" className="button mt-2" onClick={() => open({ do: 'accept' })}>
                {t('web.kr.see_change')}
              </button>
            ) : (
              <Command text={`npx tidemark kr changes ${detail.key}\nnpx tidemark kr accept ${detail.key}`} />
            )}
          </div>
        </section>
      )}
    </>
  );
}
