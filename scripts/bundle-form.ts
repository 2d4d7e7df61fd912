/**
 * How built files are written: without comments and layout, in lines of a length that traces can name. V8 keeps the text of
 * what it has loaded: with layout a process takes some MB more, and V8 gives
 * its short-lived objects more room. Names stay as they are.
 */
export const BUNDLE_FORM = { minifyWhitespace: true, lineLimit: 160 } as const;
