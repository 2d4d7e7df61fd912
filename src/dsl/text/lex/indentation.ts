import { createToken, createTokenInstance, type IToken, Lexer } from "chevrotain";

/**
 * Line ends that count. A line indented by a multiple of four columns (a tab is four) begins a statement; one indented
 * otherwise, and any line inside of brackets, goes on with the line before it. Blank lines and lines with a comment alone
 * do not count.
 */
type Kind = "newline" | "indent" | "dedent" | "skipped";

const LEVEL = 4;

/** What the patterns below remember within one text; `beginText` makes it anew. */
interface State {
  text: string;
  /** Indentation levels of the open blocks. */
  levels: number[];
  /** Open brackets among the tokens before `counted`. */
  depth: number;
  counted: number;
  /** The first line with code after the line end at `from`, for all line ends up to `code`. */
  from: number;
  code: number;
  column: number;
  /** The decision on the line end at `decided`. */
  decided: number;
  kind: Kind;
  /** Line starts that go back to a level at which no block began. */
  misaligned: number[];
}

let state: State = fresh("");

function fresh(text: string): State {
  return {
    text,
    levels: [0],
    depth: 0,
    counted: 0,
    from: 0,
    code: -1,
    column: 0,
    decided: -1,
    kind: "skipped",
    misaligned: [],
  };
}

/** Prepares the indentation tokens for a text; lexing is synchronous, so one state is enough. */
export function beginText(text: string): void {
  state = fresh(text);
}

/** Starts of lines of the text whose indentation fits to no block. */
export function misaligned(): readonly number[] {
  return state.misaligned;
}

/** What closes the blocks that are open at the end of the text. */
export function endTokens(end: IToken | undefined): IToken[] {
  const at = end === undefined ? 0 : end.startOffset + end.image.length;
  const closing = state.levels.slice(1).map(() => empty(Dedent, at));
  return [empty(Newline, at), ...closing];
}

function empty(type: Parameters<typeof createTokenInstance>[0], offset: number): IToken {
  const unknown = Number.NaN;
  return createTokenInstance(type, "", offset, offset - 1, unknown, unknown, unknown, unknown);
}

const LINE_END = /\r?\n[ \t\u00a0]*/y;

function matcher(kind: Kind) {
  return (text: string, offset: number, tokens: IToken[]): RegExpExecArray | null => {
    const char = text.charCodeAt(offset);
    if (char !== 10 && char !== 13) return null;
    LINE_END.lastIndex = offset;
    const match = LINE_END.exec(text);
    if (match === null || decide(offset, offset + match[0].length, tokens) !== kind) return null;
    const { levels } = state;
    const level = state.column / LEVEL;
    if (kind === "indent") {
      tokens.push(empty(Newline, offset));
      levels.push(level);
    } else if (kind === "dedent") {
      tokens.push(empty(Newline, offset));
      levels.pop();
      // The token that is returned closes one block; those for the others go in front of it.
      while (levels.length > 1 && levels.at(-1)! > level) {
        tokens.push(empty(Dedent, offset));
        levels.pop();
      }
      if (levels.at(-1) !== level) state.misaligned.push(state.code);
    }
    return match;
  };
}

function decide(offset: number, lineStart: number, tokens: readonly IToken[]): Kind {
  if (state.decided === offset) return state.kind;
  state.decided = offset;
  state.kind = judge(offset, lineStart, tokens);
  return state.kind;
}

function judge(offset: number, lineStart: number, tokens: readonly IToken[]): Kind {
  countBrackets(tokens);
  findCode(offset);
  const { code, column, text } = state;
  if (state.depth > 0) {
    if (column > 0 || !beginsStatement(text, code, tokens.at(-1))) return "skipped";
    state.depth = 0;
  }
  // The next line is blank or a comment, or there is no further code.
  if (code !== lineStart || code >= text.length) return "skipped";
  if (column % LEVEL !== 0) return "skipped";
  const level = column / LEVEL;
  const open = state.levels.at(-1)!;
  if (level > open) return "indent";
  return level < open ? "dedent" : "newline";
}

const STATEMENT =
  /(?:if|for|while|switch|var|varip|import|export)\b(?!\s*=)|[A-Za-z_][\w.]*\s*(?::=|[-+*/%]=)|[A-Za-z_]\w*\s*=(?!=)/y;

/**
 * Whether a line without indentation inside of brackets can only be a statement: then a bracket above was never closed, and
 * the error stays there. `name =` may be an argument, behind a comma or a bracket.
 */
function beginsStatement(text: string, code: number, before: IToken | undefined): boolean {
  STATEMENT.lastIndex = code;
  const match = STATEMENT.exec(text);
  if (match === null) return false;
  const argument = /^\w+\s*=$/.test(match[0]);
  return !argument || (before !== undefined && before.image !== "," && before.image !== "(");
}

function countBrackets(tokens: readonly IToken[]): void {
  for (; state.counted < tokens.length; state.counted++) {
    const image = tokens[state.counted]!.image;
    if (image === "(" || image === "[") state.depth++;
    else if (image === ")" || image === "]") state.depth = Math.max(0, state.depth - 1);
  }
}

/** Finds the start of the first code behind the line end at `offset`, and its column. */
function findCode(offset: number): void {
  const { text } = state;
  if (offset >= state.from && offset < state.code) return;
  state.from = offset;
  let at = offset;
  let column = 0;
  for (; at < text.length; at++) {
    const char = text.charCodeAt(at);
    if (char === 10) column = 0;
    else if (char === 9) column += LEVEL - (column % LEVEL);
    else if (char === 32 || char === 160) column++;
    else if (char === 47 && text.charCodeAt(at + 1) === 47) at = lineEnd(text, at) - 1;
    else if (char !== 13) break;
  }
  state.code = at;
  state.column = column;
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}

const significant = (name: string, label: string, kind: Kind) =>
  createToken({
    name,
    label,
    pattern: matcher(kind),
    line_breaks: true,
    start_chars_hint: ["\n", "\r"],
    ...(kind === "skipped" ? { group: Lexer.SKIPPED } : {}),
  });

export const Newline = significant("Newline", "the end of the line", "newline");
export const Indent = significant("Indent", "an indented block", "indent");
export const Dedent = significant("Dedent", "the end of the block", "dedent");
export const Skipped = significant("Skipped", "a line end", "skipped");
