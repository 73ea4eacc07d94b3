import { type Mark, markOf } from '../../connection-condition.ts';
import { HEALTH_RUNS, type Run } from '../../connection-queries.ts';
import { useLanguage } from '../../language.tsx';

const STEP = 9;
const HEIGHT = 18;

/** The last syncs, oldest first: told apart by height and shape, not by colour alone, and counted in words beside. */
export function HealthStrip({ runs }: { runs: readonly Run[] }) {
  const { t } = useLanguage();
  const marks = runs.slice(0, HEALTH_RUNS).map(markOf).toReversed();
  const count = (mark: Mark) => marks.filter((each) => each === mark).length;
  const ended = marks.length - count('under_way') - count('skipped');
  if (marks.length === 0) return <p className="text-[13px] text-muted">{t('web.connections.no_runs')}</p>;
  const words = t('web.connections.health', {
    ok: count('ok') + count('late'),
    all: ended,
    late: count('late'),
    failed: count('failed'),
    running: count('under_way'),
  });
  return (
    <div className="min-w-0">
      <svg
        role="img"
        aria-label={words}
        viewBox={`0 0 ${marks.length * STEP} ${HEIGHT}`}
        className="h-[18px] w-auto max-w-full"
      >
        {marks.map((mark, index) => (
          // Runs have a place of their own in the row, and no other identity here.
          <MarkShape key={index} mark={mark} x={index * STEP} />
        ))}
      </svg>
      <p aria-hidden="true" className="text-xs text-muted tabular-nums">
        {words}
      </p>
    </div>
  );
}

function MarkShape({ mark, x }: { mark: Mark; x: number }) {
  switch (mark) {
    case 'ok':
      return <rect x={x + 1} y={3} width={5} height={12} rx={1.5} className="fill-good-fill" />;
    case 'late':
      return <rect x={x + 1} y={9} width={5} height={6} rx={1.5} className="fill-warn-fill" />;
    case 'failed':
      return (
        <path
          d={`M${x + 0.8} 6l5.4 6M${x + 6.2} 6l-5.4 6`}
          className="fill-none stroke-bad-fill"
          strokeWidth={2}
          strokeLinecap="round"
        />
      );
    case 'under_way':
      return (
        <rect
          x={x + 1.7}
          y={3.7}
          width={3.6}
          height={10.6}
          rx={1.5}
          className="fill-none stroke-calm-fill"
          strokeWidth={1.4}
        />
      );
    default:
      return <rect x={x + 1} y={8} width={5} height={2} rx={1} className="fill-quiet-fill" />;
  }
}
