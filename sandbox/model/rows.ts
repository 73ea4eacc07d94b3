/** A table of what one kind of object is now: found by id, and in the order in which the objects came to be. */
export class Rows<T> {
  readonly list: T[] = [];
  private readonly positions = new Map<string, number>();

  /** An object is made once; afterwards it is changed in place, so that the list keeps holding it. */
  set(id: string, row: T): void {
    const position = this.positions.get(id) ?? this.list.length;
    this.positions.set(id, position);
    this.list[position] = row;
  }

  get(id: string): T | undefined {
    const position = this.positions.get(id);
    return position === undefined ? undefined : this.list[position];
  }

  values(): IterableIterator<T> {
    return this.list.values();
  }

  readonly positionOf = (id: string): number | null => this.positions.get(id) ?? null;
}
