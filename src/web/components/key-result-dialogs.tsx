import type { KeyResultDetail } from '../../api/contract.ts';
import type { MessageKey } from '../../i18n/index.ts';
import { useLanguage } from '../language.tsx';
import { usePanel } from '../use-panel.ts';
import { AcceptForm } from './accept-form.tsx';
import { BaselineForm } from './baseline-form.tsx';
import { CadenceForm } from './cadence-form.tsx';
import { CheckInForm } from './check-in-form.tsx';
import { EditForm } from './edit-form.tsx';
import { EndOverrideForm } from './end-override-form.tsx';
import { GuardForm } from './guard-form.tsx';
import { InitiativeForm } from './initiative-form.tsx';
import { useMayChange } from './key-result-actions.tsx';
import { OverrideForm } from './override-form.tsx';
import { SharePanel } from './share-panel.tsx';
import { Dialog } from './ui/dialog.tsx';

export type FormProps = { detail: KeyResultDetail; onDone: () => void };

/** One thing to do, by its word in the address. */
const FORMS: Record<string, { title: MessageKey; Form: (props: FormProps) => React.ReactNode }> = {
  'check-in': { title: 'web.kr.check_in', Form: CheckInForm },
  edit: { title: 'web.kr.edit', Form: EditForm },
  override: { title: 'web.kr.override', Form: OverrideForm },
  'end-override': { title: 'web.kr.override_end', Form: EndOverrideForm },
  baseline: { title: 'web.kr.baseline_change', Form: BaselineForm },
  guard: { title: 'web.kr.guard_set', Form: GuardForm },
  cadence: { title: 'web.kr.cadence', Form: CadenceForm },
  initiative: { title: 'web.kr.initiative', Form: InitiativeForm },
  accept: { title: 'web.kr.accept_title', Form: AcceptForm },
  share: { title: 'web.kr.share_title', Form: SharePanel },
};

/** The window over the page, open by its address. What may not be changed, or is no such thing, opens nothing. */
export function KeyResultDialogs({ detail }: { detail: KeyResultDetail }) {
  const { t } = useLanguage();
  const { close, ...search } = usePanel();
  const mayChange = useMayChange(detail);
  const wanted = search.do ?? '';
  const chosen = Object.hasOwn(FORMS, wanted) ? FORMS[wanted] : undefined;
  // What is looked at may also be looked at by whoever may not change it.
  const form = mayChange || wanted === 'accept' || wanted === 'share' ? chosen : undefined;
  return (
    <Dialog open={form !== undefined} onClose={close} title={form === undefined ? '' : t(form.title)}>
      {form === undefined ? null : <form.Form detail={detail} onDone={close} />}
    </Dialog>
  );
}
