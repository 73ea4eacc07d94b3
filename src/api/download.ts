import type { Readable } from 'node:stream';

/** An answer that is handed on as it is made, and never held whole. */
export class Download {
  readonly body: Readable;
  readonly contentType: string;
  /** What a browser saves it as. */
  readonly fileName: string;

  constructor(body: Readable, contentType: string, fileName: string) {
    this.body = body;
    this.contentType = contentType;
    this.fileName = fileName;
  }
}
