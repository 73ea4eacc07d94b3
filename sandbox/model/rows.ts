/** A table of what one kind of object is now: found by id, and in the order in which the objects came to be. */
export class Rows<T> extends Map<string, T> {
  readonly list: T[] = [];
  private readonly positions = new Map<string, number>();

  /** An object is made once; afterwards it is changed in place, so that the list keeps holding it. */
  override set(id: string, row: T): this {
    const position = this.positions.get(id);
    if (position === undefined) {
      this.positions.set(id, this.list.length);
      this.list.push(row);
    } else {
      this.list[position] = row;
    }
    return super.set(id, row);
  }

  readonly positionOf = (id: string): number | null => this.positions.get(id) ?? null;
}
