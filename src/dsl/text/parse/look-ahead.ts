import { EmbeddedActionsParser, EOF, type TokenType } from "chevrotain";
import { Newline } from "../lex/indentation.ts";
import * as T from "../lex/tokens.ts";
import { TreeBuilder } from "./tree-builder.ts";

export const QUALIFIERS = ["const", "input", "simple", "series"];

/** A parser that looks further ahead where two tokens do not tell. */
export abstract class LookAhead extends EmbeddedActionsParser {
  protected readonly tree = new TreeBuilder();

  protected is(at: number, type: TokenType): boolean {
    return at > 0 && this.LA(at).tokenType === type;
  }

  /** The place behind the bracket that closes the one at `at`; 0 where none does in this line. */
  protected behindBrackets(at: number): number {
    let depth = 0;
    for (let k = at; ; k++) {
      const { tokenType } = this.LA(k);
      if (tokenType === T.OpenParen || tokenType === T.OpenBracket) depth++;
      else if (tokenType === T.CloseParen || tokenType === T.CloseBracket) depth--;
      else if (tokenType === EOF || tokenType === Newline) return 0;
      if (depth === 0) return k + 1;
    }
  }

  /** Where a word stands behind a type that begins at `at`: `float x`, `series int[] x`; 0 where none does. */
  protected typeThenWord(at: number): number {
    let next = at;
    if (QUALIFIERS.includes(this.LA(at).image) && this.is(at + 1, T.Word)) {
      const behind = this.behindType(at + 1);
      if (this.is(behind, T.Word)) return behind;
    }
    next = this.behindType(at);
    return this.is(next, T.Word) ? next : 0;
  }

  /** The place behind a type without a qualifier; 0 where there is none. */
  protected behindType(at: number, nesting = 0): number {
    if (!this.is(at, T.Word) || nesting > 8) return 0;
    let next = at + 1;
    if (this.is(next, T.Less)) {
      do {
        next = this.behindType(next + 1, nesting + 1);
        if (next === 0) return 0;
      } while (this.is(next, T.Comma));
      if (!this.is(next, T.Greater)) return 0;
      next++;
    }
    return this.is(next, T.OpenBracket) && this.is(next + 1, T.CloseBracket) ? next + 2 : next;
  }

  /** `new<float>(`. */
  protected hasTypeArgs(): boolean {
    if (!this.is(1, T.Less)) return false;
    let next = 1;
    do {
      next = this.behindType(next + 1);
      if (next === 0) return false;
    } while (this.is(next, T.Comma));
    return this.is(next, T.Greater) && this.is(next + 1, T.OpenParen);
  }

  protected isForIn(): boolean {
    return this.is(2, T.In) || this.is(1, T.OpenBracket);
  }
}
