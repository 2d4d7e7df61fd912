import { createToken, EmbeddedActionsParser, EOF, Lexer } from "chevrotain";
import { expect, test } from "vitest";
import { makeLexer } from "../../../src/dsl/text/lex/lex.ts";
import { ScriptParser } from "../../../src/dsl/text/parse/parser.ts";

test("the grammar has no left recursion, no alternatives that hide each other, no rule without a name of its own", () => {
  expect(new ScriptParser({ validate: true })).toBeInstanceOf(ScriptParser);
});

test("no token can never be reached, and all patterns can be told by their first character", () => {
  expect(makeLexer({ validate: true }).lexerDefinitionErrors).toEqual([]);
});

test("a grammar that is at odds with itself would throw there", () => {
  class Ambiguous extends EmbeddedActionsParser {
    constructor() {
      super([Letter], { skipValidations: false });
      this.performSelfAnalysis();
    }
    readonly either = this.RULE("either", () => {
      this.OR([{ ALT: () => this.CONSUME1(Letter) }, { ALT: () => this.CONSUME2(Letter) }]);
      this.CONSUME(EOF);
    });
  }
  const Letter = createToken({ name: "Letter", pattern: /[a-z]/ });
  const Hidden = createToken({ name: "Hidden", pattern: "x" });
  expect(() => new Ambiguous()).toThrow(/Ambiguous/i);
  expect(() => new Lexer([Letter, Hidden])).toThrow(/Hidden/);
});
