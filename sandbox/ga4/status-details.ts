import { ERROR_DOMAIN, type Refusal } from './errors.ts';

/**
 * The `grpc-status-details-bin` of an error: a google.rpc.Status with one ErrorInfo. Three messages of text fields are
 * written by hand here rather than with a library that the package only has by way of others.
 */
export function statusDetails(refusal: Refusal): Buffer | null {
  if (refusal.reason === null) return null;
  const info = Buffer.concat([textField(1, refusal.reason), textField(2, ERROR_DOMAIN)]);
  const any = Buffer.concat([textField(1, 'type.googleapis.com/google.rpc.ErrorInfo'), bytesField(2, info)]);
  const code = Buffer.from([(1 << 3) | VARINT, refusal.grpc]);
  return Buffer.concat([code, textField(2, refusal.message), bytesField(3, any)]);
}

const VARINT = 0;
const LENGTH_DELIMITED = 2;

function textField(number: number, text: string): Buffer {
  return bytesField(number, Buffer.from(text));
}

function bytesField(number: number, bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.from([(number << 3) | LENGTH_DELIMITED]), varint(bytes.length), bytes]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 0x7f; rest >>>= 7) bytes.push((rest & 0x7f) | 0x80);
  return Buffer.from([...bytes, rest]);
}
