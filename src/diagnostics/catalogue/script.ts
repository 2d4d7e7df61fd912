import { error, warning } from "./entry.ts";
import { quoted } from "./quote.ts";

type Meant = { name: string; meant: string | undefined };
const meant = ({ meant }: { meant: string | undefined }) =>
  meant === undefined ? undefined : `did you mean ${quoted(meant)}?`;

/** Words that other languages have in front of a declaration. */
const TYPES_ELSEWHERE: Readonly<Record<string, string>> = {
  let: "declare without a word in front: x = 1, and change it with x := 2",
  const: "declare without a word in front, or with a type: const float x = 1.0",
  double: "write float",
  number: "write float",
  integer: "write int",
  boolean: "write bool",
  str: "write string",
};

/** Diagnostics of the checker of scripts: names, types, qualifiers, what orders may depend on. */
export const scriptDiagnostics = {
  script_unknown_name: error<Meant>(
    ({ name }) => `${quoted(name)} is not declared`,
    "The name is neither declared in the lines above nor built into this version of the language.",
    meant,
  ),
  script_unknown_function: error<Meant>(
    ({ name }) => `there is no function ${quoted(name)}`,
    "The function is neither declared in the lines above nor built into this version of the language.",
    meant,
  ),
  script_unknown_field: error<{ type: string; name: string; meant: string | undefined }>(
    ({ type, name }) => `${type} has no field ${quoted(name)}`,
    "The declaration of the type or enum does not name the field.",
    meant,
  ),
  script_declared_later: error<{ name: string; line: number; own: boolean }>(
    ({ name, line, own }) =>
      own
        ? `${quoted(name)} is read in its own declaration`
        : `${quoted(name)} is declared below, in line ${line}`,
    "Names are known from their declaration on; a function sees what is declared above it.",
    ({ name, own }) =>
      own
        ? `declare it first, ${name} = 0.0, and set it with ${name} := …`
        : `move the declaration of ${quoted(name)} up`,
  ),
  script_redeclared: error<{ name: string; line: number }>(
    ({ name, line }) => `${quoted(name)} is declared already, in line ${line}`,
    "A name is declared once in a block; later lines change it with :=.",
    ({ name }) => `write ${name} := … to change it, or choose another name`,
  ),
  script_shadowed: warning<{ name: string; line: number }>(
    ({ name, line }) =>
      `this declares another ${quoted(name)}; the one of line ${line} stays as it is`,
    "Inside of a block, `=` declares a variable that ends with the block; `:=` changes the one outside.",
    ({ name }) => `write ${name} := … to change it`,
  ),
  script_not_assignable: error<{
    name: string;
    what: "built_in" | "parameter" | "global" | "field";
  }>(
    ({ name, what }) => {
      if (what === "built_in") return `${quoted(name)} is built in and cannot be assigned`;
      if (what === "parameter") return `${quoted(name)} is a parameter and cannot be assigned`;
      if (what === "field") return `${quoted(name)} is not a variable`;
      return `a function cannot assign the global variable ${quoted(name)}`;
    },
    "Only variables declared in the same function, or outside of all functions by code outside of them, can be assigned.",
    ({ what }) =>
      what === "global" ? "return the value and assign it where the function is called" : undefined,
  ),
  script_type: error<{ what: string; expected: string; found: string }>(
    ({ what, expected, found }) => `${what} must be ${expected}, not ${found}`,
    "The value has another type than its place asks for.",
    ({ what }) =>
      what.startsWith("direction of ") ? "write strategy.long or strategy.short" : undefined,
  ),
  script_number_as_bool: error<{ found: string }>(
    ({ found }) => `a condition must be bool, not ${found}`,
    "From version 6 on numbers are no longer taken for conditions.",
    () => "compare it: x != 0",
  ),
  script_operator: error<{ op: string; left: string; right: string }>(
    ({ op, left, right }) =>
      op === "not" || left === ""
        ? `${op} cannot be applied to ${right}`
        : `${op} cannot be applied to ${left} and ${right}`,
    "Numbers are calculated and compared with numbers; texts are joined by + and compared by == and !=.",
    ({ op, left, right }) =>
      op === "+" && (left === "text" || right === "text")
        ? "turn the number into a text: str.tostring(x)"
        : undefined,
  ),
  script_no_value: error<{ what: string }>(
    ({ what }) => `${what} has no value`,
    "Orders, drawings and blocks that end with neither cannot stand where a value is needed.",
  ),
  script_branches: error<{ construct: string; first: string; second: string }>(
    ({ construct, first, second }) => `the branches of ${construct} give ${first} and ${second}`,
    "The value of if, switch and ?: has one type, whichever branch is taken.",
  ),
  script_tuple: error<{ expected: number; found: number }>(({ expected, found }) => {
    if (found === 1) return `${expected} names need a tuple of as many values, not one value`;
    return expected === 1
      ? `a tuple of ${found} values cannot stand here`
      : `${expected} names cannot take ${found} values`;
  }, "[a, b] = f() takes exactly as many values as the function, if or switch gives."),
  script_qualifier: error<{
    function: string;
    argument: string;
    wanted: string;
    found: string;
    why: string | undefined;
  }>(
    ({ function: name, argument, wanted, found, why }) => {
      const because = why === undefined ? "" : ` because ${why}`;
      return `${argument} of ${name} must be ${wanted}, not ${found}: it is ${found}${because}`;
    },
    "const is known when the script is compiled, input when it is started, simple when the chart is known; series may change on each bar.",
    ({ function: name }) =>
      name.startsWith("ta.")
        ? `compute it for each value and choose: c ? ${name}(…, 5) : ${name}(…, 10)`
        : undefined,
  ),
  script_argument_unknown: error<{
    function: string;
    name: string;
    meant: string | undefined;
  }>(
    ({ function: fn, name }) => `${fn} has no parameter ${quoted(name)}`,
    "Arguments are named as in the reference of the function, in this version of the language.",
    ({ function: fn, name, meant: other }) => {
      if (name === "when") return "version 6 has no when=: put the call into an if";
      if (name === "transp") return "version 6 has no transp=: write color.new(color.red, 80)";
      if (fn === "strategy.exit" && other === undefined)
        return "prices are limit and stop, distances in ticks are profit and loss";
      return meant({ meant: other });
    },
  ),
  script_argument_missing: error<{ function: string; name: string }>(
    ({ function: fn, name }) => `${fn} needs ${quoted(name)}`,
    "The parameter has no default.",
  ),
  script_argument_repeated: warning<{ function: string; name: string }>(
    ({ function: fn, name }) => `${quoted(name)} of ${fn} is given again; the first value counts`,
    "Up to version 5 an argument may be repeated and only its first value is used; version 6 takes it for an error.",
  ),
  script_argument_twice: error<{ function: string; name: string }>(
    ({ function: fn, name }) => `${quoted(name)} of ${fn} is given twice`,
    "Each parameter takes one argument, by its place or by its name.",
  ),
  script_arguments_many: error<{ function: string; limit: number }>(
    ({ function: fn, limit }) => `${fn} takes ${limit} argument${limit === 1 ? "" : "s"}`,
    "There are more arguments than parameters.",
  ),
  script_argument_order: error<{ function: string }>(
    ({ function: fn }) => `an argument without a name follows a named one in ${fn}`,
    "Arguments by place come first, named ones behind them.",
  ),
  script_recursion: error<{ name: string }>(
    ({ name }) => `${quoted(name)} calls itself`,
    "Functions are inlined where they are called; one that calls itself, directly or through others, would never end.",
  ),
  script_jump: error<{ word: string }>(
    ({ word }) => `${word} stands outside of a loop`,
    "break and continue belong into for and while.",
  ),
  script_history_future: error<{ offset: number }>(
    ({ offset }) => `an offset of ${offset} looks into the future`,
    "x[n] is the value n bars ago; n is 0 or more.",
  ),
  script_history_far: error<{ offset: number; limit: number }>(
    ({ offset, limit }) => `an offset of ${offset} is beyond the limit of ${limit} bars`,
    "The bars that are kept for x[n] are bounded.",
  ),
  script_history_of: error<{ found: string }>(
    ({ found }) => `${found} has no history`,
    "x[n] is there for numbers, texts, bools and colours.",
  ),
  script_type_unknown: error<Meant>(
    ({ name }) => `there is no type ${quoted(name)}`,
    "Types are int, float, bool, string, color, arrays of them, and drawings.",
    ({ name, meant: other }) => TYPES_ELSEWHERE[name] ?? meant({ meant: other }),
  ),
  script_input_default: error<Record<string, never>>(
    () => "the default of an input must be written out",
    "The default of an input is a constant, or the name of a series of the chart such as close.",
  ),
  script_function_place: error<{ name: string }>(
    ({ name }) => `the function ${quoted(name)} is declared inside a block`,
    "Functions are declared outside of if, loops and other functions.",
  ),
  script_security_mutable: error<{ name: string }>(
    ({ name }) => `${quoted(name)} changes with := and cannot be taken to another timeframe`,
    "The expression of request.security is computed anew on the bars of the other timeframe; a variable that is assigned on the chart's bars is not known there.",
    () => "put the computation into a function and call it inside request.security",
  ),
  script_security_lookahead: error<Record<string, never>>(
    () => "lookahead would show values of bars that have not closed",
    "With lookahead the value of a higher bar is taken at its start, before it is known; only its open, and values of the bar before, offset by [1], are known then.",
    () => "offset the expression by one bar, close[1], or leave lookahead out",
  ),
  script_security_closed: warning<{ version: number }>(
    ({ version }) =>
      `version ${version} would look ahead here; only bars that have closed are read`,
    "Up to version 2 a security without lookahead= shows the values of a higher bar from its start, before they are known: trades on TradingView's chart come from the future.",
    () => "offset the expression by one bar, close[1], to get the same trades in both places",
  ),
  script_security_place: error<{ what: string }>(
    ({ what }) => `${what} cannot stand inside request.security`,
    "The expression is computed on the bars of the other timeframe, where there are no orders, no positions and no further requests.",
  ),
  script_unsupported: error<{ construct: string; advice: string }>(
    ({ construct }) => `${construct} is not supported, and the orders depend on it`,
    "Drawings, plots and what only they need are left out silently; what orders need must be computed.",
    ({ advice }) => (advice === "" ? undefined : advice),
  ),
  script_drawing_needed: error<{ name: string }>(
    ({ name }) => `${name} is a drawing or an alert, and the orders depend on it`,
    "Drawings are left out of a backtest; an order cannot depend on them.",
    () => "compute the value in a variable, and draw it from there",
  ),
  script_no_orders: error<{ kind: string }>(
    ({ kind }) => `the ${kind} places no orders`,
    "A backtest needs a script that calls strategy.entry or strategy.order.",
    () => "declare it with strategy(…) and place orders with strategy.entry(…)",
  ),
  script_indicator_order: error<{ name: string }>(
    ({ name }) => `${name} needs a script that is declared with strategy(…)`,
    "Scripts that are declared with indicator or study place no orders.",
    () => "declare the script with strategy(…)",
  ),
  script_declaration_twice: error<{ name: string; line: number }>(
    ({ name, line }) => `${name}(…) stands here again; the script is declared in line ${line}`,
    "A script is declared once, with strategy, indicator or library.",
  ),
  script_settings: error<{ argument: string; expected: string }>(
    ({ argument, expected }) => `${argument} of strategy must be ${expected}`,
    "The settings of a strategy are written out in its declaration.",
  ),
  script_order_fills: warning<Record<never, never>>(
    () => "calc_on_order_fills has no effect here: the script runs once a bar, at its close",
    "TradingView runs such a script again within a bar whenever an order was filled, so it may trade several times in one. Trades will differ from TradingView's where the script relies on that.",
    () => "leave calc_on_order_fills out to get the same trades in both places",
  ),
  script_too_large: error<{ limit: number }>(
    ({ limit }) => `the script has more than ${limit} operations once its functions are inlined`,
    "Each call of a function is a copy of it; functions that call functions grow quickly.",
    () => "call functions fewer times, and keep their results in variables",
  ),
  script_too_deep: error<Record<string, never>>(
    () => "functions and blocks are nested too deeply",
    "Functions may call functions 64 deep; expressions, blocks and calls together are bounded as well.",
  ),
};
