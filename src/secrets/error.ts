export type SecretErrorCode =
  | 'bad_format' // the stored text is not ours, or was cut
  | 'unknown_key' // sealed under a key that is not on the ring
  | 'not_authentic' // wrong key, changed bytes, or moved to another row, field, workspace or host list
  | 'key_file';

/** A secret that cannot be sealed or opened. Neither message nor fields ever hold key or plaintext. */
export class SecretError extends Error {
  override readonly name = 'SecretError';
  readonly code: SecretErrorCode;

  constructor(code: SecretErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
