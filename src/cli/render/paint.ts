import pc from 'picocolors';

export type Paint = ReturnType<typeof pc.createColors>;

/** Colours that do nothing when `color` is false. */
export function paintOf(color: boolean): Paint {
  return pc.createColors(color);
}
