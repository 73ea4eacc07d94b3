import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { SettingsPage } from '../components/settings/settings-page.tsx';
import { WorkspaceForm } from '../components/settings/workspace-form.tsx';
import { Asked } from '../components/ui/page-parts.tsx';
import { useLanguage } from '../language.tsx';
import { workspaceQuery } from '../setup-queries.ts';
import { meQuery, useMe } from '../use-me.ts';

/** The workspace itself: what it is called and where its days begin. */
export function WorkspacePage() {
  const { t } = useLanguage();
  return (
    <SettingsPage title="web.settings.workspace" about={t('web.workspace.about')}>
      <Asked query={useQuery(meQuery)}>{(me) => <Workspace id={me.workspace.id} />}</Asked>
    </SettingsPage>
  );
}

function Workspace({ id }: { id: string }) {
  const { mayAdmin } = useMe();
  const query = useQuery(workspaceQuery(id));
  const [edition, setEdition] = useState(0);
  const readAgain = () => void query.refetch().then(() => setEdition((before) => before + 1));
  return (
    <Asked query={query}>
      {(read) => <WorkspaceForm key={edition} read={read} mayChange={mayAdmin} onStale={readAgain} />}
    </Asked>
  );
}
