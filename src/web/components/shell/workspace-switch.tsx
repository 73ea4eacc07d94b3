import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { call } from '../../api.ts';
import { useLanguage } from '../../language.tsx';
import { useChange } from '../../use-change.ts';
import type { useMe } from '../../use-me.ts';
import { FormProblem } from '../form.tsx';
import { TickIcon } from '../icons.tsx';

type Me = NonNullable<ReturnType<typeof useMe>['me']>;

/** The workspaces that one is a member of; nothing where there is one. */
export function WorkspaceSwitch({ me }: { me: Me }) {
  const { t } = useLanguage();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { busy, error, run } = useChange(async (workspace: string) => {
    await call('switchWorkspace', { body: { workspace } });
    // Nothing of the other workspace is to be seen in this one, not even for a moment.
    await navigate({ to: '/' });
    await queries.resetQueries();
  });
  if (me.memberships.length < 2) return null;
  return (
    <fieldset className="border-t border-line py-1.5">
      <legend className="sr-only">{t('web.menu.workspaces')}</legend>
      {me.memberships.map(({ current, id, name }) => (
        <button
          key={id}
          type="button"
          aria-pressed={current}
          disabled={busy || current}
          onClick={() => void run(id)}
          className="menu-line"
        >
          <span className="min-w-0 flex-1 break-words">{name}</span>
          {current ? <TickIcon /> : null}
        </button>
      ))}
      <div className="px-4">
        <FormProblem error={error} />
      </div>
    </fieldset>
  );
}
