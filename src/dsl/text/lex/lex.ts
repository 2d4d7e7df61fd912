import { type ILexingError, type IToken, Lexer } from "chevrotain";
import { beginText, endTokens, misaligned } from "./indentation.ts";
import { COMMENTS, TOKENS } from "./tokens.ts";

/** Tokens that contradict each other throw where they are validated: in a test. */
export const makeLexer = ({ validate = false } = {}): Lexer =>
  new Lexer(TOKENS, {
    positionTracking: "onlyOffset",
    ensureOptimizations: true,
    recoveryEnabled: true,
    safeMode: false,
    skipValidations: !validate,
  });

/** Made for the first text: it takes 60 ms, also of processes that never read one. */
let lexer: Lexer | null = null;

export interface Lexed {
  readonly tokens: IToken[];
  readonly comments: readonly IToken[];
  readonly errors: readonly ILexingError[];
  /** Starts of lines whose indentation fits to no block. */
  readonly misaligned: readonly number[];
}

/** Text → tokens; blocks are marked by Indent and Dedent, statements end with Newline. */
export function lex(text: string): Lexed {
  lexer ??= makeLexer();
  beginText(text);
  const { tokens, groups, errors } = lexer.tokenize(text);
  return {
    tokens: [...tokens, ...endTokens(tokens.at(-1))],
    comments: groups[COMMENTS] ?? [],
    errors,
    misaligned: misaligned(),
  };
}
