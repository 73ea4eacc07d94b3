import { type FormEvent, useState } from 'react';
import { call } from '../../api.ts';
import { useLanguage } from '../../language.tsx';
import { useChange } from '../../use-change.ts';
import { FormProblem } from '../form.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { fieldProblem, SelectField, TextField } from '../ui/fields.tsx';
import { Invitation, type Invited } from './invitation.tsx';
import { ROLES, type Role } from './role-guide.tsx';

/** Who, and what they may do; then the link that they set their password with. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLanguage();
  const [invited, setInvited] = useState<Invited | null>(null);
  if (invited === null)
    return (
      <Dialog open onClose={onClose} title={t('web.members.invite')}>
        <InviteForm onDone={setInvited} />
      </Dialog>
    );
  return (
    <Dialog open onClose={onClose} title={t('web.members.invited', { name: invited.name })}>
      <Invitation invited={invited} />
      <div className="mt-5 flex justify-end">
        <button type="button" onClick={onClose} className="button">
          {t('web.done')}
        </button>
      </div>
    </Dialog>
  );
}

function InviteForm({ onDone }: { onDone: (invited: Invited) => void }) {
  const { t } = useLanguage();
  const [email, setEmail] = useState('');
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('editor');
  const { busy, error, run } = useChange(() => call('addMember', { body: { email, name, role } }), onDone);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void run(undefined);
  };
  return (
    <form onSubmit={submit} className="space-y-4">
      <TextField
        label={t('web.sign_in.email')}
        type="email"
        value={email}
        onChange={setEmail}
        required
        autoComplete="off"
        problem={fieldProblem(error, '/email')}
      />
      <TextField
        label={t('access.name')}
        value={name}
        onChange={setName}
        required
        autoComplete="off"
        problem={fieldProblem(error, '/name')}
      />
      <SelectField
        label={t('access.role')}
        value={role}
        onChange={(value) => setRole(value as Role)} // one of the choices
        choices={ROLES.map((value) => ({ value, label: t(`role.${value}`) }))}
        hint={t(`web.role.${role}`)}
      />
      <FormProblem error={error} />
      <button type="submit" disabled={busy} className="button button-main">
        {busy ? t('web.saving') : t('web.members.invite_submit')}
      </button>
    </form>
  );
}
