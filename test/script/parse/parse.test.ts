import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Statement } from "../../../src/dsl/text/ast.ts";
import { parseExpression, parseScript } from "../../../src/dsl/text/parse/parse-script.ts";

/** The statements as plain data without places. */
function tree(source: string): unknown[] {
  const { script, diagnostics } = parseScript(source);
  expect(diagnostics).toEqual([]);
  return script.body.map(plain);
}

function plain(node: Statement): unknown {
  return JSON.parse(
    JSON.stringify(node, (key, value) =>
      ["span", "start", "end"].includes(key) ? undefined : value,
    ),
  );
}

/** An expression in brackets, so that its shape shows. */
function shape(source: string): string {
  const { expression, diagnostics } = parseExpression(source);
  expect(diagnostics).toEqual([]);
  const show = (node: typeof expression): string => {
    if (node === null) return "?";
    switch (node.kind) {
      case "number":
      case "bool":
        return String(node.value);
      case "text":
        return JSON.stringify(node.value);
      case "identifier":
        return node.name;
      case "unary":
        return `(${node.op} ${show(node.operand)})`;
      case "binary":
        return `(${show(node.left)} ${node.op} ${show(node.right)})`;
      case "ternary":
        return `(${show(node.test)} ? ${show(node.then)} : ${show(node.otherwise)})`;
      case "history":
        return `${show(node.source)}[${show(node.offset)}]`;
      case "call": {
        const receiver = node.receiver === null ? "" : `${show(node.receiver)}.`;
        const types =
          node.typeArgs.length > 0 ? `<${node.typeArgs.map((t) => t.name).join()}>` : "";
        const args = node.args.map((a) => (a.name ? `${a.name.text}=` : "") + show(a.value));
        return `${receiver}${node.callee.text}${types}(${args.join(", ")})`;
      }
      case "tuple":
        return `[${node.items.map(show).join(", ")}]`;
      default:
        return node.kind;
    }
  };
  return show(expression);
}

describe("expressions", () => {
  test.each([
    ["a + b * c - d", "((a + (b * c)) - d)"],
    ["a or b and c", "(a or (b and c))"],
    ["not a and b", "((not a) and b)"],
    ["-a * b", "((- a) * b)"],
    ["- -a", "(- (- a))"],
    ["a < b == c > d", "((a < b) == (c > d))"],
    ["a ? b : c ? d : e", "(a ? b : (c ? d : e))"],
    ["a ? b ? c : d : e", "(a ? (b ? c : d) : e)"],
    ["close[1] > high[n + 1]", "(close[1] > high[(n + 1)])"],
    ["(a + b)[1]", "(a + b)[1]"],
    ["ta.sma(close, 5)[1]", "ta.sma(close, 5)[1]"],
    ["-close[1]", "(- close[1])"],
    ["f(1, b = 2)", "f(1, b=2)"],
    ["array.new<float>(0)", "array.new<float>(0)"],
    ["a < b and b > (c)", "((a < b) and (b > c))"],
    ["f(x).g(y)", "f(x).g(y)"],
    ["1.5e-3 + .5 + 2.", "((0.0015 + 0.5) + 2)"],
    [`'it\\'s' + "a\\"b"`, `("it's" + "a\\"b")`],
    ["a\n     + b", "(a + b)"],
  ])("%s is %s", (source, expected) => {
    expect(shape(source)).toBe(expected);
  });
});

describe("statements", () => {
  test("are told by their first words", () => {
    const source = `x = 1
x := 2
x += 3
var y = 4
varip int z = 5
float[] a = na
array<int> b = na
series float s = close
[p, q] = f(1)
f(u, v)
f(u, float v = 1) => u
method m(int w) => w
type Point
    float x
    int y = 1
enum Side
    buy = "b"
    sell
import me/lib/1 as lib
export g(x) => x
break`;
    const kinds = parseScript(source).script.body.map(({ kind }) => kind);
    expect(parseScript(source).diagnostics).toEqual([]);
    expect(kinds).toEqual([
      "declaration",
      "assignment",
      "assignment",
      "declaration",
      "declaration",
      "declaration",
      "declaration",
      "declaration",
      "tuple_declaration",
      "expression_statement",
      "function_declaration",
      "function_declaration",
      "type_declaration",
      "enum_declaration",
      "unsupported",
      "function_declaration",
      "jump",
    ]);
  });

  test("may share a line, and go on in the next one", () => {
    expect(tree("a = 1, b = 2\n")).toEqual(tree("a = 1\nb = 2"));
    expect(tree("a = f(1,\n2,\n    3)")).toEqual(tree("a = f(1, 2, 3)"));
    expect(tree("a = b and\n     c")).toEqual(tree("a = b and c"));
    expect(tree("a = b and\r\n\t c\r\n")).toEqual(tree("a = b and c"));
  });

  test("stand in blocks by their indentation, tabs and comments or not", () => {
    const spaces = "if a\n    b = 1\n    if c\n        d\nelse if e\n    f\nelse\n    g\nh = 1";
    const tabs =
      "if a // x\n\tb = 1\n\n// y\n\tif c\n\t\td\nelse if e\n\tf\n\t// z\nelse\n\tg\nh = 1";
    expect(tree(tabs)).toEqual(tree(spaces));
    const [first, last] = tree(spaces) as { kind: string; expression?: { otherwise: unknown } }[];
    expect([first?.kind, last?.kind]).toEqual(["expression_statement", "declaration"]);
    expect(first?.expression?.otherwise).not.toBeNull();
  });

  test("give values from if, switch and loops", () => {
    const source = `a = if b
    1
else
    2
c = switch b
    1 => 2
    3 =>
        d = 4
        d
    => 5
e = for i = 0 to 10 by 2
    i
for [i, x] in f
    continue
while a > 1
    a -= 1
`;
    const values = (tree(source) as { kind: string; value?: { kind: string } }[]).map(
      (one) => one.value?.kind ?? one.kind,
    );
    expect(values).toEqual(["if", "switch", "for", "expression_statement", "expression_statement"]);
  });

  test("carry the version and pragmas of the comments", () => {
    const { script } = parseScript("// x\n//@version=4\n//@swymc exact\na = 1 // b");
    expect(script.version).toBe(4);
    expect(script.pragmas).toEqual(["exact"]);
    expect(script.comments.map(({ text }) => text)).toContain("// b");
  });

  test("may follow settings in a comment of several lines, which stands in front only", () => {
    const { script, diagnostics } = parseScript("\n/*backtest\nx: [1\n*/ //@version=4\na = 1");
    expect(diagnostics).toEqual([]);
    expect(script.version).toBe(4);
    expect(script.body).toHaveLength(1);
    expect(parseScript("a = 1 /* b */").diagnostics[0]?.code).toBe("text_syntax");
    expect(parseScript("/* never closed\na = 1").diagnostics[0]?.code).toBe("text_syntax");
  });
});

describe("errors", () => {
  test.each([
    ["x = 1 +\ny = 2", "text_syntax", "1:8", "expected a value, found the end of the line"],
    ["x = (1\ny = 2", "text_syntax", "1:7", 'expected ")", found the end of the line'],
    ["x = f(1, 2\nif a\n    b", "text_syntax", "1:11", 'expected ")", found the end of the line'],
    ["x = 1 2", "text_syntax", "1:7", 'expected the end of the line, found "2"'],
    ["if a\nb = 1", "text_syntax", "2:1", 'expected an indented block, found "b"'],
    ["for i = 0 1\n    a", "text_syntax", "1:11", 'expected "to", found "1"'],
    ["x = $", "text_character", "1:5", 'unexpected "$"'],
    ['x = "abc\ny = 1', "text_unclosed", "1:5", "the text has no closing quote"],
    ["//@version=9\nx = 1", "text_version", "1:1", 'there is no version "9" of the language'],
    ["if a\n        b\n    c", "text_indentation", "3:5", "the indentation fits to no block above"],
    [`x = ${"(".repeat(300)}`, "text_too_deep", "1:261", "nested too deeply"],
  ])("%j: %s at %s", (source, code, place, message) => {
    const { diagnostics } = parseScript(source);
    const [first] = diagnostics;
    expect(diagnostics).toHaveLength(1);
    expect([first?.code, `${first?.span?.line}:${first?.span?.column}`, first?.message]).toEqual([
      code,
      place,
      message,
    ]);
  });

  test("of a file come all at once, each once", () => {
    const wrong = ["a = ", "b = (1", "c = f(1,)", 'd = "x', "e = 1 2", "f = [1"];
    const source = wrong.flatMap((line, i) => [line, `ok${i} = ${i}`]).join("\n");
    const lines = parseScript(source).diagnostics.map(({ span }) => span?.line);
    expect(lines).toEqual([1, 3, 5, 7, 9, 11]);
  });

  test("are a hundred at most", () => {
    expect(parseScript("x = ) (\n".repeat(5000)).diagnostics).toHaveLength(100);
  });

  test.each(["a < ", "", "a b", "a = 1", "(".repeat(400)])("of an expression: %j", (source) => {
    const { expression, diagnostics } = parseExpression(source);
    expect(expression).toBeNull();
    expect(diagnostics).not.toEqual([]);
  });
});

describe("any input", () => {
  const piece = fc.constantFrom(
    ..."if else for while switch to by in var => = := + - * / % < > == ( ) [ ] , . ? : and or not true na".split(
      " ",
    ),
    "x",
    "ta.sma",
    "1",
    "2.5",
    '"t"',
    "#ff0000",
    "\n",
    "\n    ",
    "\n        ",
    "\n\t",
    "\n   ",
    "// c",
    "'",
    "$",
    " ",
  );

  test("ends in a tree or in errors", () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const { script, diagnostics } = parseScript(pieces.join(" "));
        expect(Array.isArray(script.body)).toBe(true);
        for (const { span } of diagnostics) expect(span?.line).toBeGreaterThan(0);
      }),
      { numRuns: 1500 },
    );
  });

  test.each([
    ["brackets", "x = ".concat("(".repeat(200_000))],
    ["open blocks", Array.from({ length: 500 }, (_, i) => `${"    ".repeat(i)}if a`).join("\n")],
    ["choices", `x = ${"a ? b : ".repeat(20_000)}c`],
    ["signs", `x = ${"-".repeat(200_000)}1`],
    ["operators", `x = ${"a + ".repeat(20_000)}1`],
    ["indices", `x = a${"[1]".repeat(20_000)}`],
    ["alternatives", `if a\n    b\n${"else if a\n    b\n".repeat(3000)}`],
    ["length", "x".repeat(1_000_001)],
  ])("of pathological %s ends in one error", (_, source) => {
    const codes = parseScript(source).diagnostics.map(({ code }) => code);
    expect(["text_too_deep", "text_too_long"]).toContain(codes[0]);
    expect(codes).toHaveLength(1);
  });

  test("of many lines is read in linear time", () => {
    const cost = (lines: number) => {
      const source = `${"x = ta.sma(close, 3) + 1 // c\n\n".repeat(lines)}`;
      const before = process.cpuUsage();
      expect(parseScript(source).diagnostics).toEqual([]);
      return process.cpuUsage(before).user;
    };
    cost(500);
    expect(cost(8000)).toBeLessThan(40 * cost(1000) + 500_000);
  });
});

describe("places", () => {
  /** The texts of an expression and of all in it, from the outside in. */
  const texts = (source: string): string[] => {
    const found: string[] = [];
    const visit = (node: unknown): void => {
      if (typeof node !== "object" || node === null) return;
      if ("kind" in node && "span" in node) {
        const { start, end } = node.span as { start: number; end: number };
        found.push(source.slice(start, end));
      }
      for (const [key, child] of Object.entries(node)) if (key !== "span") visit(child);
    };
    visit(parseExpression(source).expression);
    return found;
  };

  test.each([
    ["(a + b) * (c)", ["(a + b) * (c)", "a + b", "a", "b", "c"]],
    ["-((a))", ["-((a))", "a"]],
    ["(a) ? (b) : (c)", ["(a) ? (b) : (c)", "a", "b", "c"]],
    ["(a + b)[(c)]", ["(a + b)[(c)]", "a + b", "a", "b", "c"]],
    ["(a).f((b), x = (c))", ["(a).f((b), x = (c))", "a", "b", "c"]],
    ["f(g((a)))", ["f(g((a)))", "g((a))", "a"]],
  ])("%s: brackets belong to what is around them", (source, expected) => {
    expect(texts(source)).toEqual(expected);
  });

  test("statements end behind their last bracket", () => {
    const source = "x = (a + (b))\nx := (x)\n(f(x))\n";
    const { script } = parseScript(source);
    expect(script.body.map(({ span }) => source.slice(span.start, span.end))).toEqual(
      source.trim().split("\n"),
    );
  });
});
