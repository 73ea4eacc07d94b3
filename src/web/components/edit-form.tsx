import type { KeyResultDetail } from '../../api/contract.ts';
import { useVersioned } from '../use-versioned.ts';
import { EditFields } from './edit-fields.tsx';
import { ProblemNotice } from './notices.tsx';
import { Bone, LoadingWord } from './skeleton.tsx';

/** Title, owner, description and target, as they are now and of one version. */
export function EditForm({ detail, onDone }: { detail: KeyResultDetail; onDone: () => void }) {
  const { again, error, read } = useVersioned('getKeyResult', detail.id);
  if (read === null && error !== null)
    return <ProblemNotice error={error} onRetry={() => void again()} inside />;
  if (read === null)
    return (
      <div className="min-h-72 space-y-4">
        <LoadingWord />
        <Bone className="h-9 w-full" />
        <Bone className="h-9 w-full" />
        <Bone className="h-20 w-full" />
      </div>
    );
  return <EditFields first={read} again={again} onDone={onDone} />;
}
