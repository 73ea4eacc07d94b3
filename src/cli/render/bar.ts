/**
 * A progress bar of `width` characters. Progress is clamped here and only here: below 0 draws an empty bar and
 * above 1 a full one, while the number beside it says what is true. Null draws nothing.
 */
export function bar(progress: number | null, options: { width: number; ascii: boolean }): string {
  if (progress === null || options.width <= 0) return '';
  const share = Math.min(1, Math.max(0, progress));
  // A bar only looks full when the goal is met.
  const filled = share === 1 ? options.width : Math.min(options.width - 1, Math.round(share * options.width));
  const [full, empty] = options.ascii ? ['#', '-'] : ['▓', '░'];
  return full.repeat(filled) + empty.repeat(options.width - filled);
}
