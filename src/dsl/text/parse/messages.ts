import {
  EOF,
  type IParserErrorMessageProvider,
  type IToken,
  type TokenType,
  tokenLabel,
} from "chevrotain";
import { NumberToken, Word } from "../lex/tokens.ts";

const LISTED = 4;

/** What the parser expected, as the text of its errors; {@link explainError} adds what stands there. */
export const messages: IParserErrorMessageProvider = {
  buildMismatchTokenMessage: ({ expected }) =>
    expected === EOF ? "a statement" : tokenLabel(expected),

  buildNotAllInputParsedMessage: () => "the end of the line",
  buildNoViableAltMessage: ({ expectedPathsPerAlt }) =>
    listed(expectedPathsPerAlt.flatMap((paths) => paths.map((path) => path[0]))),
  buildEarlyExitMessage: ({ expectedIterationPaths }) =>
    listed(expectedIterationPaths.map((path) => path[0])),
};

function listed(types: readonly (TokenType | undefined)[]): string {
  const known = types.filter((type) => type !== undefined);
  if (known.includes(NumberToken) && known.includes(Word)) return "a value";
  const labels = [...new Set(known.map((type) => tokenLabel(type)))];
  if (labels.length > LISTED) return `one of ${labels.slice(0, LISTED).join(", ")}, …`;
  return labels.join(" or ");
}

/** What stands at a token, for people. */
export function found(token: IToken): string {
  const { image } = token;
  if (image.trim() === "") return tokenLabel(token.tokenType);
  return image.length > 40 ? `"${image.slice(0, 40)}…"` : `"${image}"`;
}
