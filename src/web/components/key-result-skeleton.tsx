import { Bone, LoadingWord } from './skeleton.tsx';

export function KeyResultSkeleton() {
  return (
    <>
      <LoadingWord />
      <div className="mt-3 mb-5">
        <Bone className="h-4 w-48" />
        <Bone className="mt-1.5 h-7 w-3/5" />
        <Bone className="mt-2 h-4 w-56" />
      </div>
      <div className="mb-5 grid gap-px overflow-hidden rounded-xl border border-line bg-line lg:grid-cols-3">
        {[0, 1, 2].map((panel) => (
          <div key={panel} className="h-44 bg-surface p-4 sm:p-5">
            <Bone className="h-4 w-20" />
            <Bone className="mt-3 h-7 w-32" />
            <Bone className="mt-3 h-4 w-4/5" />
          </div>
        ))}
      </div>
      <div className="card h-[430px]">
        <Bone className="h-5 w-24" />
      </div>
    </>
  );
}
