/** What a format's file names and folders tell of the bars inside. */
export interface Told {
  readonly exchange?: string | undefined;
  readonly symbol?: string | undefined;
  readonly interval?: string | undefined;
}
