import { inflateSync } from 'node:zlib';

/** The pixels of a PNG with 8 bits a channel, as red, green, blue and alpha. */
export type Pixels = { width: number; height: number; rgba: Uint8Array };

/** Decodes what the renderer writes: colour type 6 or 2, not interlaced (PNG specification, second edition). */
export function decodePng(png: Buffer): Pixels {
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  const channels = { 2: 3, 6: 4 }[png.readUInt8(25)];
  if (png.readUInt8(24) !== 8 || channels === undefined || png.readUInt8(28) !== 0)
    throw new Error('another kind of PNG');
  const data: Buffer[] = [];
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') data.push(png.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  const raw = inflateSync(Buffer.concat(data));
  const stride = width * channels;
  const lines = Buffer.alloc(height * stride);
  for (let y = 0; y < height; y += 1) {
    const filter = raw.readUInt8(y * (stride + 1));
    for (let x = 0; x < stride; x += 1) {
      const left = x < channels ? 0 : (lines[y * stride + x - channels] ?? 0);
      const up = y === 0 ? 0 : (lines[(y - 1) * stride + x] ?? 0);
      const corner = x < channels || y === 0 ? 0 : (lines[(y - 1) * stride + x - channels] ?? 0);
      const said = raw[y * (stride + 1) + 1 + x] ?? 0;
      lines[y * stride + x] = (said + predicted(filter, left, up, corner)) & 255;
    }
  }
  const rgba = new Uint8Array(width * height * 4).fill(255);
  for (let pixel = 0; pixel < width * height; pixel += 1)
    for (let channel = 0; channel < channels; channel += 1)
      rgba[pixel * 4 + channel] = lines[pixel * channels + channel] ?? 0;
  return { width, height, rgba };
}

function predicted(filter: number, left: number, up: number, corner: number): number {
  if (filter === 0) return 0;
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}

/** How many pixels of a part of the picture differ from its first pixel, which is ground. */
export function inkIn(
  { height, rgba, width }: Pixels,
  part: { left: number; right: number; top: number; bottom: number },
): number {
  let ink = 0;
  for (let y = Math.max(0, Math.floor(part.top)); y < Math.min(height, part.bottom); y += 1)
    for (let x = Math.max(0, Math.floor(part.left)); x < Math.min(width, part.right); x += 1)
      if ([0, 1, 2, 3].some((channel) => rgba[(y * width + x) * 4 + channel] !== rgba[channel])) ink += 1;
  return ink;
}

/** WCAG 2.2 contrast of two colours written `#rrggbb`. */
export function contrast(one: string, other: string): number {
  const light = (color: string): number => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
      const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [low = 0, high = 0] = [light(one), light(other)].toSorted((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}
