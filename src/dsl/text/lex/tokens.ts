import { createToken, Lexer, type TokenType } from "chevrotain";
import { Dedent, Indent, Newline, Skipped } from "./indentation.ts";

/** A word, dots included: `ta.sma` is one token. */
export const Word = createToken({
  name: "Word",
  label: "a name",
  pattern: /[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*/,
  start_chars_hint: letters(),
});

const keyword = (word: string) =>
  createToken({ name: capital(word), label: `"${word}"`, pattern: word, longer_alt: Word });

export const If = keyword("if");
export const Else = keyword("else");
export const For = keyword("for");
export const While = keyword("while");
export const Switch = keyword("switch");
export const To = keyword("to");
export const By = keyword("by");
export const In = keyword("in");
export const Var = keyword("var");
export const Varip = keyword("varip");
export const And = keyword("and");
export const Or = keyword("or");
export const Not = keyword("not");
export const True = keyword("true");
export const False = keyword("false");
export const Break = keyword("break");
export const Continue = keyword("continue");
export const Import = keyword("import");
export const Export = keyword("export");

const sign = (name: string, text: string, categories: TokenType[] = []) =>
  createToken({ name, label: `"${text}"`, pattern: text, categories });

export const Assign = createToken({ name: "Assign", label: '":="', pattern: Lexer.NA });
export const Compare = createToken({ name: "Compare", label: "a comparison", pattern: Lexer.NA });
export const Equality = createToken({ name: "Equality", label: "a comparison", pattern: Lexer.NA });
export const Sum = createToken({ name: "Sum", label: '"+"', pattern: Lexer.NA });
export const Product = createToken({ name: "Product", label: '"*"', pattern: Lexer.NA });

export const Arrow = sign("Arrow", "=>");
const ColonEqual = sign("ColonEqual", ":=", [Assign]);
const PlusEqual = sign("PlusEqual", "+=", [Assign]);
const MinusEqual = sign("MinusEqual", "-=", [Assign]);
const StarEqual = sign("StarEqual", "*=", [Assign]);
const SlashEqual = sign("SlashEqual", "/=", [Assign]);
const PercentEqual = sign("PercentEqual", "%=", [Assign]);
const EqualEqual = sign("EqualEqual", "==", [Equality]);
const BangEqual = sign("BangEqual", "!=", [Equality]);
export const LessEqual = sign("LessEqual", "<=", [Compare]);
export const GreaterEqual = sign("GreaterEqual", ">=", [Compare]);
export const Less = sign("Less", "<", [Compare]);
export const Greater = sign("Greater", ">", [Compare]);
export const Equal = sign("Equal", "=");
export const Plus = sign("Plus", "+", [Sum]);
export const Minus = sign("Minus", "-", [Sum]);
const Star = sign("Star", "*", [Product]);
const Slash = sign("Slash", "/", [Product]);
const Percent = sign("Percent", "%", [Product]);
export const Question = sign("Question", "?");
export const Colon = sign("Colon", ":");
export const Comma = sign("Comma", ",");
export const Dot = sign("Dot", ".");
export const OpenParen = sign("OpenParen", "(");
export const CloseParen = sign("CloseParen", ")");
export const OpenBracket = sign("OpenBracket", "[");
export const CloseBracket = sign("CloseBracket", "]");

export const NumberToken = createToken({
  name: "Number",
  label: "a number",
  pattern: /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/,
  start_chars_hint: [..."0123456789."],
});
/** Where a text goes on in the next line, which must be one that goes on with the line before it. */
const TEXT_LINE_END = "\\r?\\n(?: {4})* {1,3}(?=[^ \\t\\r\\n])";
const quotedBy = (quote: string) => {
  const inLine = `(?:[^${quote}\\\\\\r\\n]|\\\\[^\\r\\n])*`;
  return `${quote}${inLine}(?:${TEXT_LINE_END}${inLine}){0,20}${quote}`;
};
/** At most 20 lines further, so that a quote without its twin is not looked for through the whole script. */
export const TextToken = createToken({
  name: "Text",
  label: "a text",
  pattern: new RegExp(`${quotedBy('"')}|${quotedBy("'")}`),
  start_chars_hint: ['"', "'"],
  line_breaks: true,
});
/** A quote that never closes: one error, and lexing goes on in the next line. */
export const OpenText = createToken({
  name: "OpenText",
  label: "a text without its closing quote",
  pattern: /["'][^\r\n]*/,
  start_chars_hint: ['"', "'"],
});
export const ColorToken = createToken({
  name: "Color",
  label: "a color",
  pattern: /#[0-9A-Fa-f]{6}(?:[0-9A-Fa-f]{2})?/,
  start_chars_hint: ["#"],
});

const Space = createToken({
  name: "Space",
  pattern: /[ \t\u00a0\ufeff]+/,
  group: Lexer.SKIPPED,
  start_chars_hint: [" ", "\t", "\u00a0", "\ufeff"],
});
export const COMMENTS = "comments";
const CommentToken = createToken({
  name: "Comment",
  pattern: /\/\/[^\r\n]*/,
  group: COMMENTS,
  start_chars_hint: ["/"],
});

const BLOCK = /\/\*[\s\S]*?\*\//y;

/** Settings in front of a script, as FMZ writes them; TradingView's language has no such comments. */
const HeadToken = createToken({
  name: "Head",
  pattern: (text, offset) => {
    if (text.charCodeAt(offset + 1) !== 42 || text.slice(0, offset).trim() !== "") return null;
    BLOCK.lastIndex = offset;
    return BLOCK.exec(text);
  },
  group: COMMENTS,
  line_breaks: true,
  start_chars_hint: ["/"],
});

/** In the order in which they are tried. */
export const TOKENS: TokenType[] = [
  Newline,
  Indent,
  Dedent,
  Skipped,
  Space,
  CommentToken,
  HeadToken,
  NumberToken,
  TextToken,
  OpenText,
  ColorToken,
  If,
  Else,
  For,
  While,
  Switch,
  To,
  By,
  In,
  Varip,
  Var,
  And,
  Or,
  Not,
  True,
  False,
  Break,
  Continue,
  Import,
  Export,
  Word,
  Arrow,
  ColonEqual,
  PlusEqual,
  MinusEqual,
  StarEqual,
  SlashEqual,
  PercentEqual,
  EqualEqual,
  BangEqual,
  LessEqual,
  GreaterEqual,
  Less,
  Greater,
  Equal,
  Plus,
  Minus,
  Star,
  Slash,
  Percent,
  Question,
  Colon,
  Comma,
  Dot,
  OpenParen,
  CloseParen,
  OpenBracket,
  CloseBracket,
  Assign,
  Compare,
  Equality,
  Sum,
  Product,
];

function capital(word: string): string {
  return word[0]!.toUpperCase() + word.slice(1);
}

function letters(): string[] {
  return [..."abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_"];
}
