/** OpenType files as what they are: a list of named tables (OpenType 1.9, "Organization of an OpenType Font"). */
export type Tables = ReadonlyMap<string, Buffer>;

/** Code points that follow each other and whose glyphs follow each other too. */
export type GlyphRange = { first: number; last: number; glyph: number };

const ENTRY_BYTES = 16;

export function readTables(font: Buffer): Tables {
  const entries = rows(font.subarray(12, 12 + font.readUInt16BE(4) * ENTRY_BYTES), ENTRY_BYTES);
  return new Map(
    entries.map((entry) => {
      const from = entry.readUInt32BE(8);
      return [entry.toString('latin1', 0, 4), font.subarray(from, from + entry.readUInt32BE(12))];
    }),
  );
}

/** A font file of these tables. Checksums stay zero: no renderer of ours looks at them. */
export function writeTables(tables: Tables): Buffer {
  const header = Buffer.alloc(12 + tables.size * ENTRY_BYTES);
  header.write('OTTO', 0, 'latin1');
  header.writeUInt16BE(tables.size, 4);
  const parts: Buffer[] = [header];
  let [entry, at] = [12, header.length];
  for (const [tag, table] of [...tables].toSorted(([one], [other]) => (one < other ? -1 : 1))) {
    header.write(tag, entry, 'latin1');
    header.writeUInt32BE(at, entry + 8);
    header.writeUInt32BE(table.length, entry + 12);
    const padding = Buffer.alloc((4 - (table.length % 4)) % 4);
    parts.push(table, padding);
    entry += ENTRY_BYTES;
    at += table.length + padding.length;
  }
  return Buffer.concat(parts);
}

/**
 * Which glyph stands for which code point, ascending: the table `cmap` in its format 12.
 *
 * @throws when the font has no such map
 */
export function glyphRanges(tables: Tables): GlyphRange[] {
  const cmap = tables.get('cmap');
  const map = rows(cmap?.subarray(4, 4 + cmap.readUInt16BE(2) * 8) ?? Buffer.alloc(0), 8)
    .map((record) => cmap?.subarray(record.readUInt32BE(4)))
    .find((subtable) => subtable?.readUInt16BE(0) === 12);
  if (map === undefined) throw new Error('the font has no character map of all of Unicode');
  return rows(map.subarray(16, 16 + map.readUInt32BE(12) * 12), 12).map((group) => ({
    first: group.readUInt32BE(0),
    last: group.readUInt32BE(4),
    glyph: group.readUInt32BE(8),
  }));
}

/** Null where the font has no drawing for the code point. */
export function glyphOf(ranges: readonly GlyphRange[], codePoint: number): number | null {
  let [low, high] = [0, ranges.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const range = ranges[middle];
    if (range === undefined) return null;
    if (codePoint < range.first) high = middle - 1;
    else if (codePoint > range.last) low = middle + 1;
    else return range.glyph + codePoint - range.first;
  }
  return null;
}

function rows(table: Buffer, size: number): Buffer[] {
  return Array.from({ length: Math.floor(table.length / size) }, (_, row) =>
    table.subarray(row * size, (row + 1) * size),
  );
}
