/** One Key Result in the progress of its Objective. `progress` null: it has no value, and takes no part. */
export type RollUpItem = { progress: number | null; weight: number };

/**
 * The weighted mean of the Key Results that have a value, each held between 0 and 1: one that doubled its target
 * cannot hide another that stands still, and one below its start counts as not begun.
 *
 * @returns `coverage`, the share of the weight that has a value; `value` is null when nothing has
 * @see Perdoo, "Is Key Result progress above 100 % counted in Objective success"
 */
export function objectiveProgress(
  items: readonly RollUpItem[],
): { value: number; coverage: number } | { value: null; reason: 'no_observation'; coverage: 0 } {
  let all = 0;
  let measured = 0;
  let sum = 0;
  for (const { progress, weight } of items) {
    all += weight;
    if (progress === null) continue;
    measured += weight;
    sum += weight * clamped(progress);
  }
  if (measured === 0) return { value: null, reason: 'no_observation', coverage: 0 };
  return { value: sum / measured, coverage: measured / all };
}

export type RolledUp = ReturnType<typeof objectiveProgress>;
export type TreeNode = { id: string; parentId: string | null; weight: number; items: readonly RollUpItem[] };

/**
 * The progress of every objective of a tree: of its own Key Results and its child objectives, each as one item with
 * its own weight; `key_results_only` leaves the children out. A parent that is not among the nodes is no parent, and
 * one that would be its own ancestor is taken as none.
 *
 * @see Quantive, "Objective progress based on the average of its key results and child objectives"
 */
export function treeProgress(
  nodes: readonly TreeNode[],
  mode: 'with_children' | 'key_results_only' = 'with_children',
): Map<string, RolledUp> {
  const results = new Map<string, RolledUp>();
  const under = new Set<string>();
  const resolve = (node: TreeNode): RolledUp => {
    const known = results.get(node.id);
    if (known !== undefined) return known;
    under.add(node.id);
    const children = mode === 'with_children' ? nodes.filter((each) => each.parentId === node.id) : [];
    const items = children
      .filter((child) => !under.has(child.id))
      .map((child) => ({ progress: resolve(child).value, weight: child.weight }));
    under.delete(node.id);
    const result = objectiveProgress([...node.items, ...items]);
    results.set(node.id, result);
    return result;
  };
  for (const node of nodes) resolve(node);
  return results;
}

/** Progress as it is drawn, 0 to 1. What is stored stays unclamped. */
export function clamped(progress: number): number {
  return Math.min(Math.max(progress, 0), 1);
}
