import type { DataState, StatusState } from '../words.ts';

/** Shapes differ by outline, not only by colour, so that they can be told apart in grey and at 12 px. */
const statusPaths: Record<StatusState, string> = {
  on_track: 'M3.2 8.4 6.6 11.8 13 4.6',
  at_risk: 'M8 2.4 14.4 13.4H1.6ZM8 6.4v3.2M8 11.4v.2',
  off_track: 'M3.8 3.8l8.4 8.4M12.2 3.8l-8.4 8.4',
  achieved: 'M8 1.8l1.9 4 4.3.6-3.1 3 .7 4.3L8 11.6l-3.8 2.1.7-4.3-3.1-3 4.3-.6Z',
  missed: 'M2.6 2.6h10.8v10.8H2.6ZM5.4 8h5.2',
  unknown: 'M5.2 5.8a2.8 2.8 0 1 1 4.2 2.4C8.4 8.8 8 9.3 8 10.2M8 12.6v.3',
  too_early: 'M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8ZM8 4.8V8l2.2 1.6',
  not_started: 'M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8Z',
};
const dataPaths: Record<DataState, string> = {
  fresh: 'M8 4.2a3.8 3.8 0 1 0 0 7.6 3.8 3.8 0 0 0 0-7.6Z',
  late: 'M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8ZM8 4.8V8l2.2 1.6',
  stale: 'M4 2.2h8M4 13.8h8M4.8 2.2v2.4L8 8l3.2-3.4V2.2M4.8 13.8v-2.4L8 8l3.2 3.4v2.4',
  failing: 'M8.8 1.8 3.4 9h4l-.8 5.2L12.4 7h-4Z',
  none: 'M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8ZM3.8 12.2l8.4-8.4',
  paused: 'M5.4 3.2v9.6M10.6 3.2v9.6',
};

export function StatusIcon({ state }: { state: StatusState }) {
  return <Icon path={statusPaths[state]} filled={state === 'achieved'} />;
}

export function DataIcon({ state }: { state: DataState }) {
  return <Icon path={dataPaths[state]} filled={state === 'fresh'} />;
}

const guardMarks = {
  kept: 'M5.6 8l1.8 1.8 3.2-3.8',
  broken: 'M6 6l4 4M10 6l-4 4',
  unknown: 'M6 8h4',
} as const;

/** A shield, and in it whether it holds. */
export function GuardIcon({ state }: { state: keyof typeof guardMarks }) {
  return (
    <Icon path={`M8 1.6 13.4 3.6v4c0 3.2-2.2 5.6-5.4 6.8-3.2-1.2-5.4-3.6-5.4-6.8v-4Z${guardMarks[state]}`} />
  );
}

/** A person: said by somebody, not read by us. */
export function HandIcon() {
  return (
    <Icon path="M8 2.2a2.6 2.6 0 1 0 0 5.2 2.6 2.6 0 0 0 0-5.2ZM2.8 14c.4-2.8 2.4-4.2 5.2-4.2s4.8 1.4 5.2 4.2" />
  );
}

export function SampleIcon() {
  return <Icon path="M3 4v8M13 4v8M3 8h10M8 6.8v2.4" />;
}

export function RhythmIcon() {
  return <Icon path="M13.2 6.2A5.6 5.6 0 1 0 13.6 9M13.4 2.6v3.8H9.6" />;
}

export function NewIcon() {
  return <Icon path="M3.4 1.8h6l3.2 3.2v9.2H3.4ZM8 6.4v4.8M5.6 8.8h4.8" />;
}

export function TickIcon() {
  return <Icon path="M3.2 8.4 6.6 11.8 13 4.6" />;
}

export function OpenIcon() {
  return <Icon path="M8 2.2a5.8 5.8 0 1 0 0 11.6A5.8 5.8 0 0 0 8 2.2Z" />;
}

export function ArrowIcon() {
  return <Icon path="M2.6 8h10.4M9.2 4.2 13 8l-3.8 3.8" />;
}

export function BackIcon() {
  return <Icon path="M9.8 3.2 5 8l4.8 4.8" />;
}

export function CloseIcon() {
  return <Icon path="M4 4l8 8M12 4l-8 8" />;
}

/** The product's mark: a tide line rising to its mark. */
export function Logo() {
  return (
    <svg aria-hidden="true" viewBox="0 0 24 24" className="size-6 shrink-0">
      <rect width="24" height="24" rx="5.5" className="fill-accent" />
      <path
        d="M4.5 8.2h15"
        className="fill-none stroke-on-accent"
        strokeWidth="1.6"
        strokeLinecap="round"
        strokeDasharray="2.2 2.6"
        opacity=".8"
      />
      <path
        d="M4.5 15.6c1.9-2.6 3.9-2.6 5.6-.6s3.6 1.6 5-.9 2.6-3.4 4.4-3.6"
        className="fill-none stroke-on-accent"
        strokeWidth="2.1"
        strokeLinecap="round"
      />
    </svg>
  );
}

/** A shape of one line in a square of 16. */
export function Icon({ path, filled = false }: { path: string; filled?: boolean }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 16 16" className="size-3.5 shrink-0">
      <path
        d={path}
        fill={filled ? 'currentColor' : 'none'}
        stroke="currentColor"
        strokeWidth="1.7"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
