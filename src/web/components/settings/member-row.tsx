import { useState } from 'react';
import type { Answer } from '../../../api/client-types.ts';
import { call } from '../../api.ts';
import { useLanguage } from '../../language.tsx';
import { useChange } from '../../use-change.ts';
import { FormProblem } from '../form.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { say } from '../ui/toast.tsx';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { Invitation, type Invited } from './invitation.tsx';
import { ROLES, type Role } from './role-guide.tsx';

export type Member = Answer<'listMembers'>['data'][number];

/** One member: who, since when, and what an admin can do about it. */
export function MemberRow({ isMe, mayAdmin, member }: { member: Member; isMe: boolean; mayAdmin: boolean }) {
  const { t, format } = useLanguage();
  const { email, id, name, role, since, state } = member;
  const change = useChange(
    (next: Role) => call('changeRole', { params: { id }, body: { role: next } }),
    (done) => say(t('web.members.role_changed', { name, role: t(`role.${done.role}`) })),
  );
  return (
    <li className="px-4 py-3 sm:px-5">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-56">
          <p className="font-medium break-words">
            {name}
            {isMe ? (
              <span className="ml-2 text-[13px] font-normal text-muted">{t('web.members.you')}</span>
            ) : null}
          </p>
          <p className="text-[13px] break-words text-muted">{email}</p>
        </div>
        <p className="text-[13px] text-muted">
          {t(`web.members.state.${state}`, { day: format.day(since.slice(0, 10)) })}
        </p>
        {mayAdmin ? (
          <select
            aria-label={t('web.members.role_of', { name })}
            value={role}
            disabled={change.busy}
            onChange={(event) => void change.run(event.target.value as Role)} // one of the choices
            className="field mt-0 w-auto text-[14px]"
          >
            {ROLES.map((value) => (
              <option key={value} value={value}>
                {t(`role.${value}`)}
              </option>
            ))}
          </select>
        ) : (
          <span className="text-[14px]">{t(`role.${role}`)}</span>
        )}
        {mayAdmin ? <MemberActions member={member} /> : null}
      </div>
      <div className="empty:hidden">
        {change.error === null ? null : <FormProblem error={change.error} />}
      </div>
    </li>
  );
}

function MemberActions({ member }: { member: Member }) {
  const { t } = useLanguage();
  const { id, name, state } = member;
  const [removing, setRemoving] = useState(false);
  const [invited, setInvited] = useState<Invited | null>(null);
  const again = useChange(() => call('inviteAgain', { params: { id } }), setInvited);
  const remove = useChange<void, null>(
    () => call('removeMember', { params: { id } }),
    () => {
      setRemoving(false);
      say(t('web.members.removed', { name }));
    },
  );
  return (
    <div className="flex flex-wrap gap-2">
      {state === 'invited' ? (
        <button
          type="button"
          disabled={again.busy}
          onClick={() => void again.run(undefined)}
          className="button"
        >
          {t('web.members.invite_again')}
        </button>
      ) : null}
      <button
        type="button"
        onClick={() => setRemoving(true)}
        aria-label={t('web.members.remove', { name })}
        className="button button-danger"
      >
        {t('web.remove')}
      </button>
      <FormProblem error={again.error} />
      <Dialog
        open={invited !== null}
        onClose={() => setInvited(null)}
        title={t('web.members.invited', { name })}
      >
        {invited === null ? null : <Invitation invited={invited} />}
      </Dialog>
      <ConfirmDialog
        open={removing}
        onClose={() => setRemoving(false)}
        title={t('web.members.remove', { name })}
        button={t('web.members.remove', { name })}
        change={remove}
      >
        <p>{t('web.members.remove_text', { name })}</p>
      </ConfirmDialog>
    </div>
  );
}
