import { Bone, LoadingWord } from './skeleton.tsx';

/** The board's own lines, empty: what comes later takes the same room. */
export function BoardSkeleton() {
  return (
    <>
      <LoadingWord />
      <div className="mb-4">
        <div className="flex items-start justify-between gap-6">
          <div>
            <Bone className="h-4 w-24" />
            <Bone className="mt-1.5 h-6 w-56 max-w-full" />
          </div>
          <Bone className="h-9 w-24" />
        </div>
        <div className="mt-1.5 flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
          <Bone className="h-5 w-72 max-w-full" />
          <Bone className="h-8 w-64 max-w-full" />
        </div>
      </div>
      <div className="mb-5 flex h-12 items-center rounded-xl border border-line bg-surface px-4 sm:px-5">
        <Bone className="h-4 w-40" />
      </div>
      <div className="mb-3 flex flex-wrap items-end gap-x-3 gap-y-2 sm:h-14">
        <Bone className="h-9 min-w-0 flex-1 basis-44 sm:max-w-80" />
        <Bone className="h-9 w-32" />
      </div>
      <div className="mb-5 flex gap-1.5">
        {['w-16', 'w-24', 'w-20', 'w-24'].map((width, index) => (
          <Bone key={index} className={`h-7 rounded-full ${width}`} />
        ))}
      </div>
      {[3, 2].map((rows) => (
        <div key={rows} className="mb-5 overflow-hidden rounded-xl bg-surface ring-1 ring-line">
          <div className="px-4 pt-4 pb-3 sm:px-5">
            <Bone className="h-5 w-2/5" />
            <Bone className="mt-1.5 h-4 w-48" />
          </div>
          {Array.from({ length: rows }, (_, row) => (
            <div key={row} className="kr-row border-t border-line px-4 py-3.5 sm:px-5">
              <div className="kr-title">
                <Bone className="h-5 w-3/4" />
                <Bone className="mt-1.5 h-4 w-1/2" />
              </div>
              <Bone className="kr-trend h-7 w-28" />
              <Bone className="kr-value h-5 w-36" />
              <Bone className="kr-progress h-3.5" />
              <Bone className="kr-chance h-5 w-12" />
              <Bone className="kr-status h-6 w-24" />
              <Bone className="kr-data h-6 w-24" />
            </div>
          ))}
        </div>
      ))}
    </>
  );
}
