/** A list of byte strings as CFF writes it. `start(count)` is where the last one ends. */
type Index = { count: number; start: (entry: number) => number; end: number };
/** Where an operand is written, and what it says. Only whole numbers are told. */
type Operand = { at: number; bytes: number; value: number };

/** Operators whose operand is a place in the table (Adobe Technical Note 5176, tables 9, 10 and 23). */
const CHARSET = 15;
const CHAR_STRINGS = 17;
const PRIVATE = 18;
const FD_ARRAY = 0x0c24;
const FD_SELECT = 0x0c25;
const END_CHAR = 14;

/**
 * The same table `CFF ` with the drawings of these glyphs only: every other glyph is there and empty, so that numbers,
 * widths and the character map stay as they are.
 *
 * @throws when the table is laid out in a way that this has not been written for
 */
export function keepDrawings(cff: Buffer, glyphs: ReadonlySet<number>): Buffer {
  const names = indexAt(cff, cff.readUInt8(2));
  const tops = indexAt(cff, names.end);
  const top = operandsOf(cff, tops.start(0), tops.start(1));
  const place = lastOf(top, CHAR_STRINGS);
  const old = indexAt(cff, place.value);
  const drawings = keepEntries(cff, old, glyphs);
  const moved = drawings.length - (old.end - place.value);
  const result = Buffer.concat([cff.subarray(0, place.value), drawings, cff.subarray(old.end)]);

  const fonts = indexAt(cff, lastOf(top, FD_ARRAY).value);
  const places = [CHARSET, FD_SELECT, FD_ARRAY].map((operator) => lastOf(top, operator));
  for (let font = 0; font < fonts.count; font += 1)
    places.push(lastOf(operandsOf(cff, fonts.start(font), fonts.start(font + 1)), PRIVATE));
  for (const { at, bytes, value } of places) {
    if (value < place.value) continue;
    if (bytes !== 5) throw new Error('the font writes a place in a way that cannot be moved');
    result.writeInt32BE(value + moved, (at < place.value ? at : at + moved) + 1);
  }
  return result;
}

function indexAt(cff: Buffer, at: number): Index {
  const count = cff.readUInt16BE(at);
  if (count === 0) return { count, start: () => at + 2, end: at + 2 };
  const size = cff.readUInt8(at + 2);
  // Offsets count from the byte before the first string.
  const base = at + 2 + (count + 1) * size;
  const start = (entry: number): number => base + cff.readUIntBE(at + 3 + entry * size, size);
  return { count, start, end: start(count) };
}

/** The same index, each entry that is not kept replaced by the shortest drawing there is. */
function keepEntries(cff: Buffer, { count, start }: Index, kept: ReadonlySet<number>): Buffer {
  const headBytes = 3 + 4 * (count + 1);
  let bytes = headBytes + count;
  for (const entry of kept) bytes += start(entry + 1) - start(entry) - 1;
  const index = Buffer.alloc(bytes, END_CHAR);
  index.writeUInt16BE(count, 0);
  index.writeUInt8(4, 2);
  let offset = 1;
  for (let entry = 0; entry <= count; entry += 1) {
    index.writeUInt32BE(offset, 3 + entry * 4);
    if (entry === count) break;
    offset += kept.has(entry) ? cff.copy(index, headBytes - 1 + offset, start(entry), start(entry + 1)) : 1;
  }
  return index;
}

function operandsOf(cff: Buffer, from: number, to: number): Map<number, Operand[]> {
  const found = new Map<number, Operand[]>();
  let operands: Operand[] = [];
  for (let at = from; at < to; ) {
    const first = cff.readUInt8(at);
    if (first <= 21) {
      found.set(first === 12 ? 0x0c00 + cff.readUInt8(at + 1) : first, operands);
      operands = [];
      at += first === 12 ? 2 : 1;
    } else {
      const operand = operandAt(cff, at, first);
      operands.push(operand);
      at += operand.bytes;
    }
  }
  return found;
}

function operandAt(cff: Buffer, at: number, first: number): Operand {
  if (first === 28) return { at, bytes: 3, value: cff.readInt16BE(at + 1) };
  if (first === 29) return { at, bytes: 5, value: cff.readInt32BE(at + 1) };
  if (first === 30) {
    let bytes = 2;
    // A real number ends with a half byte of 15.
    while ((cff.readUInt8(at + bytes - 1) & 15) !== 15) bytes += 1;
    return { at, bytes, value: Number.NaN };
  }
  if (first <= 246) return { at, bytes: 1, value: first - 139 };
  const next = cff.readUInt8(at + 1);
  const value = first <= 250 ? (first - 247) * 256 + next + 108 : -(first - 251) * 256 - next - 108;
  return { at, bytes: 2, value };
}

function lastOf(operands: ReadonlyMap<number, Operand[]>, operator: number): Operand {
  const operand = operands.get(operator)?.at(-1);
  if (operand === undefined) throw new Error(`the font does not say its ${operator.toString(16)}`);
  return operand;
}
