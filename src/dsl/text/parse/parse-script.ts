import type { ILexingError, IRecognitionException, IToken } from "chevrotain";
import {
  type Diagnostic,
  diagnose,
  SourceText,
  type SyntaxMistake,
} from "../../../diagnostics/index.ts";
import type { Comment, Expression, Script, Span } from "../ast.ts";
import { Dedent, Indent } from "../lex/indentation.ts";
import { lex } from "../lex/lex.ts";
import { OpenText } from "../lex/tokens.ts";
import { found } from "./messages.ts";
import { mistakeAt } from "./mistakes.ts";
import { nestedTooDeep } from "./nesting.ts";
import { ScriptParser, TooManyErrors } from "./parser.ts";
import { spanOf } from "./spans.ts";

/** Longest script, in UTF-16 units: 1 MB of ASCII. */
export const MAX_SCRIPT = 1_000_000;
/** Most syntax errors that are reported. */
const MAX_ERRORS = 100;
const VERSIONS = [1, 2, 3, 4, 5, 6];
const LATEST = 6;

export interface ParsedScript {
  /** What could be read, even where there are errors. */
  readonly script: Script;
  /** Syntax errors, in the order of the text; at most 100. */
  readonly diagnostics: readonly Diagnostic[];
  readonly text: SourceText;
}

let parser: ScriptParser | undefined;

/**
 * Text → syntax tree, with all the syntax errors at once. Never throws for what a user wrote, whatever it is: length,
 * nesting and depth of the tree are bounded.
 *
 *     text → tokens (indentation) → nesting → grammar → tree
 */
export function parseScript(
  source: string,
  options: { readonly file?: string } = {},
): ParsedScript {
  const text = new SourceText(source, options.file);
  const read = readText(source, text, (parser) => parser.script());
  const comments = read.comments.map((token): Comment => ({ ...spanOf(token), text: token.image }));
  const { version, pragmas, problems } = annotations(comments, ({ start, end }) =>
    placeAt(text, start, end),
  );
  const unread = read.refused ? { version: LATEST, pragmas: [], comments: [] } : null;
  const indentation = read.misaligned.map((start) =>
    diagnose("text_indentation", {}, placeAt(text, start, start + 1)),
  );
  return {
    script: { source, body: read.found ?? [], ...(unread ?? { version, pragmas, comments }) },
    text,
    diagnostics: read.refused
      ? read.diagnostics
      : sorted([...problems, ...indentation, ...read.diagnostics]),
  };
}

/** One expression, as in `--where "fast < slow"`. */
export function parseExpression(source: string): {
  readonly expression: Expression | null;
  readonly diagnostics: readonly Diagnostic[];
  readonly text: SourceText;
} {
  const text = new SourceText(source);
  const { found, diagnostics } = readText(source, text, (parser) => parser.lone());
  return {
    expression: diagnostics.length === 0 ? (found ?? null) : null,
    text,
    diagnostics: sorted(diagnostics),
  };
}

interface Reading<T> {
  readonly found: T | undefined;
  readonly diagnostics: readonly Diagnostic[];
  readonly comments: readonly IToken[];
  /** Starts of lines whose indentation fits to no block. */
  readonly misaligned: readonly number[];
  /** Too long or too deep: it was not parsed. */
  readonly refused: boolean;
}

/** Text → tokens → what a rule of the grammar makes of them, within the limits of length and depth. */
function readText<T>(
  source: string,
  text: SourceText,
  rule: (parser: ScriptParser) => T,
): Reading<T> {
  const at = ({ start, end }: Span) => placeAt(text, start, end);
  const refused = (diagnostic: Diagnostic): Reading<T> => ({
    found: undefined,
    diagnostics: [diagnostic],
    comments: [],
    misaligned: [],
    refused: true,
  });
  const { length } = source;
  if (length > MAX_SCRIPT) {
    return refused(
      diagnose("text_too_long", { limit: MAX_SCRIPT, length }, at({ start: 0, end: 0 })),
    );
  }
  const lexed = lex(source);
  const tooDeep = nestedTooDeep(lexed.tokens);
  if (tooDeep !== null) return refused(diagnose("text_too_deep", {}, at(spanOf(tooDeep))));
  parser ??= new ScriptParser();
  const used = parser;
  used.begin(lexed.tokens);
  const found = untilTooMany(() => rule(used));
  const diagnostics = [
    ...lexed.errors.map((error) => characterError(error, source, text)),
    ...lexed.tokens
      .filter((token) => token.tokenType === OpenText)
      .map((token) => diagnose("text_unclosed", {}, at(spanOf(token)))),
    ...syntaxErrors(used.errors, lexed.tokens, source, text),
    ...(used.tooDeep === null ? [] : [diagnose("text_too_deep", {}, at(used.tooDeep))]),
  ];
  used.begin([]);
  return {
    found,
    diagnostics,
    comments: lexed.comments,
    misaligned: lexed.misaligned,
    refused: false,
  };
}

function untilTooMany<T>(parse: () => T): T | undefined {
  try {
    return parse();
  } catch (error) {
    if (error instanceof TooManyErrors) return undefined;
    throw error;
  }
}

/** `//@version=5` and `//@swymc exact`. */
function annotations(comments: readonly Comment[], at: (span: Span) => object) {
  const problems: Diagnostic[] = [];
  const pragmas: string[] = [];
  let version = 1;
  for (const comment of comments) {
    const named = /^\/\/\s*@version\s*=\s*(\S*)/.exec(comment.text);
    if (named !== null) {
      version = Number(named[1]);
      if (!VERSIONS.includes(version)) {
        problems.push(
          diagnose("text_version", { found: named[1] ?? "", latest: LATEST }, at(comment)),
        );
        version = LATEST;
      }
    }
    const pragma = /^\/\/@swymc\s+(\S+)/.exec(comment.text);
    if (pragma !== null) pragmas.push(pragma[1]!);
  }
  return { version, pragmas, problems };
}

function characterError(
  { offset, length }: ILexingError,
  source: string,
  text: SourceText,
): Diagnostic {
  const found = source.slice(offset, offset + Math.max(1, length));
  return diagnose("text_character", { found }, placeAt(text, offset, offset + found.length));
}

/**
 * Errors that follow from one before them are left out: those at the end of the text, and at the end of a block that never
 * began.
 */
function syntaxErrors(
  errors: readonly IRecognitionException[],
  tokens: readonly IToken[],
  source: string,
  text: SourceText,
): Diagnostic[] {
  const inside = errors.filter((error) => Number.isFinite(error.token.startOffset));
  const stray = inside.findIndex(({ token }) => token.tokenType === Indent);
  const told = inside.filter(
    ({ token }, i) => stray < 0 || i <= stray || token.tokenType !== Dedent,
  );
  const places = new Map(tokens.map((token, i) => [token, i]));
  return (told.length > 0 ? told : errors).map((error) => {
    const at = places.get(error.token) ?? tokens.length;
    return syntaxError(error, mistakeAt(tokens, at, error.message, source), source, text);
  });
}

function syntaxError(
  error: IRecognitionException,
  mistake: SyntaxMistake | null,
  source: string,
  text: SourceText,
): Diagnostic {
  const { token, previousToken, message } = error as IRecognitionException & {
    previousToken?: typeof error.token;
  };
  const inside = Number.isFinite(token.startOffset);
  const last =
    previousToken !== undefined && Number.isFinite(previousToken.startOffset)
      ? spanOf(previousToken).end
      : source.length;
  const span = inside ? spanOf(token) : { start: last, end: last };
  const what = inside ? found(token) : "the end of the text";
  return diagnose(
    "text_syntax",
    { expected: message, found: what, mistake },
    placeAt(text, span.start, Math.max(span.end, span.start + 1)),
  );
}

function placeAt(text: SourceText, start: number, end: number) {
  const { file } = text;
  const span = text.span(start, end - start);
  return file === undefined ? { span } : { file, span };
}

/** In the order of the text; in a line with a wrong character, what the parser says of it is left out. */
function sorted(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const wrong = new Set(
    diagnostics
      .filter(({ code }) => code === "text_character" || code === "text_unclosed")
      .map(({ span }) => span?.line),
  );
  const told = diagnostics.filter(
    ({ code, span }) => code !== "text_syntax" || !wrong.has(span?.line),
  );
  return told.sort((a, b) => (a.span?.offset ?? 0) - (b.span?.offset ?? 0)).slice(0, MAX_ERRORS);
}
