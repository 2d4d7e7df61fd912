import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseScript } from "../../../src/dsl/text/parse/parse-script.ts";
import { formatScript } from "../../../src/dsl/text/print/format-script.ts";
import { ROOT } from "../../source-tree.ts";

/** The tree without places, and the comments' words in their order. */
function meaning(source: string): unknown {
  const { script, diagnostics } = parseScript(source);
  expect(diagnostics).toEqual([]);
  const places = ["span", "start", "end"];
  const tree = JSON.stringify(script.body, (key, value) =>
    places.includes(key) ? undefined : value,
  );
  return [tree, script.comments.map(({ text }) => text.trimEnd())];
}

const UGLY = `//@version=5
strategy( "x",overlay = true )   // a title


f( x,float y=2 )=>
\tz=x+y   
\t// inside
\t[z,-x]
[a,b]=f( close )
var array<float> q=array.new<float>( 0 )
map<string,float> m = na
c=a<b?-1:a>b and not(a==1)?+2:( a-b )[ 1 ]
import  some_one / Lib/ 2 as  lib
// about the if
if c>1
\tstrategy.entry( "L",strategy.long,
\t     qty=2 )
\t// at the end of the block
else if c <-1
\tstrategy.close("L"),a:=b
long = close>open and
     high >low
`;

const PRETTY = `//@version=5
strategy("x", overlay = true) // a title

f(x, float y = 2) =>
    z = x + y
    // inside
    [z, -x]
[a, b] = f(close)
var array<float> q = array.new<float>(0)
map<string, float> m = na
c = a < b ? -1 : a > b and not (a == 1) ? +2 : (a - b)[1]
import some_one/Lib/2 as lib
// about the if
if c > 1
    strategy.entry("L", strategy.long,
      qty = 2)
    // at the end of the block
else if c < -1
    strategy.close("L"), a := b
long = close > open and
  high > low
`;

describe("formatScript", () => {
  test("brings a script into the house style", () => {
    expect(formatScript(UGLY)).toBe(PRETTY);
  });

  test("leaves what is formatted alone, and the meaning of what is not", () => {
    expect(formatScript(PRETTY)).toBe(PRETTY);
    expect(meaning(UGLY)).toEqual(meaning(PRETTY));
    expect(formatScript("")).toBe("");
    expect(formatScript("\n\n// alone  \r\n\r\n\r\n")).toBe("// alone\n");
  });

  const folder = join(ROOT, "fixtures/pine");
  const scripts = existsSync(folder)
    ? readdirSync(folder).filter((name) => name.endsWith(".pine"))
    : [];

  test("keeps the meaning of every script of the corpus, however it was spaced", () => {
    for (const name of scripts) {
      const source = readFileSync(join(folder, name), "utf8");
      const formatted = formatScript(source);
      expect(meaning(formatted), name).toEqual(meaning(source));
      expect(formatScript(formatted), name).toBe(formatted);
    }
  });

  test("leaves settings in front as they are", () => {
    const source = '/*backtest\n   period:  1h\n*/\n//@version=4\n\n\nstrategy( "x" )\n';
    const pretty = '/*backtest\n   period:  1h\n*/\n//@version=4\n\nstrategy("x")\n';
    expect(formatScript(source)).toBe(pretty);
    expect(formatScript(pretty)).toBe(pretty);
  });

  test("keeps the meaning when spaces and blank lines come and go", () => {
    const lines = UGLY.split("\n");
    const noise = fc.array(
      fc.tuple(fc.nat({ max: lines.length - 1 }), fc.constantFrom("blank", "tail", "comment")),
      {
        maxLength: 6,
      },
    );
    fc.assert(
      fc.property(noise, (changes) => {
        const changed = [...lines];
        for (const [at, kind] of changes) {
          if (kind === "blank") changed[at] = `\n${changed[at]}`;
          else if (kind === "tail") changed[at] += "   ";
          else if (!changed[at]!.includes("//")) changed[at] += " // noted";
        }
        const source = changed.join("\n");
        const formatted = formatScript(source);
        expect(formatScript(formatted)).toBe(formatted);
        expect(meaning(formatted)).toEqual(meaning(source));
      }),
      { numRuns: 200 },
    );
  });
});

test("a text over several lines stays as it is, with what stands before and behind it", () => {
  const ugly = `//@version=4
strategy("x")
if close>open
    n=input(1,title="first
      second // no comment
   third",minval=0) // a comment
    strategy.entry( "L",true )
`;
  const pretty = `//@version=4
strategy("x")
if close > open
    n = input(1, title = "first
      second // no comment
   third", minval = 0) // a comment
    strategy.entry("L", true)
`;
  expect(formatScript(ugly)).toBe(pretty);
  expect(formatScript(pretty)).toBe(pretty);
  expect(meaning(ugly)).toEqual(meaning(pretty));
  expect(JSON.stringify(meaning(ugly))).toContain("first second // no comment third");
});
