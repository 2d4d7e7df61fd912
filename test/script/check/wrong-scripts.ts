/**
 * Wrong scripts: § stands where an error is expected, the codes follow in the order of the text. Without a version of its
 * own a script is of version 5. Each calls for orders so that nothing is cut away.
 */
export const WRONG: readonly (readonly [name: string, codes: string, source: string])[] = [
  // Names.
  ["an unknown name", "script_unknown_name", "x = §closs + 1"],
  [
    "an unknown name twice, once each",
    "script_unknown_name script_unknown_name",
    "x = §foo + 1\ny = §foo + 2\nz = x + y",
  ],
  ["an unknown function", "script_unknown_function", "x = §ta.smma(close, 3)"],
  ["a function of older versions", "script_unknown_function", "x = §sma(close, 3)"],
  ["a name of older versions", "script_unknown_name", "x = §n + 1"],
  ["a name in dead code", "script_unknown_name", "plot(§foo)"],
  ["a name in an uncalled function", "script_unknown_name", "f(x) => x + §foo"],
  [
    "a name in a called function, once",
    "script_unknown_name",
    "f(x) => x + §foo\na = f(1)\nb = f(2)",
  ],
  ["use before declaration", "script_declared_later", "x = §y + 1\ny = 2"],
  ["a function before its declaration", "script_declared_later", "x = §f(1)\nf(a) => a"],
  ["a global below the function", "script_declared_later", "f(a) => a + §g\ng = close\nx = f(1)"],
  ["a local outside of its block", "script_unknown_name", "if close > open\n    x = 1\ny = §x"],
  ["a counter outside of its loop", "script_unknown_name", "for i = 0 to 3\n    close[i]\ny = §i"],
  ["redeclaration", "script_redeclared", "x = 1\n§x = 2"],
  ["redeclaration by a tuple", "script_redeclared", "x = 1\n[§x, y, z] = ta.macd(close, 1, 2, 3)"],
  ["redeclaration of a function", "script_redeclared", "f(x) => x\n§f(y) => y + 1"],
  ["a function in a block", "script_function_place", "if close > open\n    §f(x) => x\n    f(1)"],
  // Assignment.
  ["assignment without declaration", "script_unknown_name", "§x := 1"],
  ["assignment to a built-in", "script_not_assignable", "§close := 1"],
  ["assignment to a parameter", "script_not_assignable", "f(x) =>\n    §x := 1\n    x\ny = f(2)"],
  [
    "assignment of a global in a function",
    "script_not_assignable",
    "g = 1.0\nf(x) =>\n    §g := x\n    g\ny = f(2)",
  ],
  ["assignment of a text to a number", "script_type", 'x = 1.0\nx := §"a"'],
  ["assignment of a float to an int", "script_type", "x = 1\nx := §close"],
  ["assignment of a bool to a number", "script_type", "x = 1.0\nx := §close > open"],
  ["assignment of an order", "script_no_value", 'x = 1.0\nx := §strategy.close("a")'],
  ["+= of a text to a number", "script_operator", 'x = 1.0\n§x += "a"'],
  // Types.
  ["a text plus a number", "script_operator", 'x = §"a" + 1'],
  ["a bool plus a number", "script_operator", "x = (§close > open) + 1"],
  ["minus of a text", "script_operator", 'x = §-"a"'],
  ["comparison of texts by order", "script_operator", 'x = §"a" < "b"'],
  ["comparison of a text with a number", "script_operator", 'x = §"a" == 1'],
  ["a text as a condition", "script_type", 'if §"a"\n    strategy.close_all()'],
  ["a colour as a condition", "script_type", "x = §color.red ? 1 : 2"],
  ["not of a text", "script_type", 'x = not §"a"'],
  [
    "a number as a condition in version 6",
    "script_number_as_bool",
    "//@version=6\nif §close\n    strategy.close_all()",
  ],
  [
    "a number in and, version 6",
    "script_number_as_bool",
    "//@version=6\nx = close > open and §close",
  ],
  ["branches of different types", "script_branches", 'x = §close > open ? 1 : "a"'],
  [
    "branches of if of different types",
    "script_branches",
    'x = §if close > open\n    1\nelse\n    "a"',
  ],
  [
    "branches of switch of different types",
    "script_branches",
    'x = §switch\n    close > open => 1\n    => "a"',
  ],
  ["a declared type", "script_type", 'float x = §"a"'],
  ["a declared int", "script_type", "int x = §close"],
  ["a declared bool", "script_type", 'bool x = §"a"'],
  ["an unknown type", "script_type_unknown", "§foat x = close"],
  ["an array as a number", "script_operator", "a = array.new_float()\nx = §a + 1"],
  ["history of an array", "script_history_of", "a = array.new_float()\nx = §a[1]"],
  ["an element of another type", "script_type", 'a = array.new_float()\na.push(§"x")'],
  [
    "a method that arrays do not have",
    "script_unknown_function",
    "a = array.new_float()\n§a.pusch(1)",
  ],
  ["for … in of a number", "script_type", "for x in §close\n    strategy.close_all()"],
  ["a bound of for", "script_type", 'for i = 0 to §"a"\n    strategy.close_all()'],
  // Values.
  ["an order as a value", "script_no_value", 'x = §strategy.entry("a", strategy.long)'],
  ["an order as an operand", "script_no_value", 'x = §strategy.close("a") + 1'],
  ["an order as an argument", "script_no_value", 'x = ta.sma(§strategy.close("a"), 3)'],
  ["a tuple for one name", "script_tuple", "x = §ta.macd(close, 1, 2, 3)"],
  ["one value for a tuple", "script_tuple", "§[a, b] = ta.sma(close, 3)"],
  ["a tuple of another size", "script_tuple", "§[a, b] = ta.macd(close, 1, 2, 3)"],
  ["a tuple as an argument", "script_type", "x = ta.sma(§[close, open], 3)"],
  // Arguments.
  ["an unknown argument", "script_argument_unknown", "x = ta.sma(close, §len=3)"],
  ["a missing argument", "script_argument_missing", "x = §ta.sma(close)"],
  ["an argument twice", "script_argument_twice", "x = ta.sma(close, 3, §source=open)"],
  ["too many arguments", "script_arguments_many", "x = ta.sma(close, 3, §4)"],
  ["a place behind a name", "script_argument_order", "x = ta.sma(source=close, §3)"],
  ["an argument of another type", "script_type", 'x = ta.sma(§"a", 3)'],
  ["an argument of another type, second", "script_type", 'x = ta.sma(close, §"a")'],
  ["a float length in version 6", "script_type", "//@version=6\nx = ta.ema(close, §2.5)"],
  ["a series length of ema", "script_qualifier", "x = ta.ema(close, §bar_index)"],
  [
    "a series length through a variable",
    "script_qualifier",
    "n = 3\nn := n + 1\nx = ta.ema(close, §n)",
  ],
  [
    "a series length through a function",
    "script_qualifier",
    "f(n) => ta.ema(close, §n)\nx = f(bar_index)",
  ],
  ["a title from an input", "script_qualifier", "n = input.int(3)\nx = input.int(§n)"],
  ["an argument of a user function", "script_arguments_many", "f(a) => a\nx = f(1, §2)"],
  [
    "a missing argument of a user function",
    "script_argument_missing",
    "f(a, b) => a + b\nx = §f(1)",
  ],
  [
    "an unknown argument of a user function",
    "script_argument_unknown",
    "f(a, b) => a + b\nx = f(1, §c=2)",
  ],
  ["a typed parameter", "script_type", 'f(float a) => a\nx = f(§"a")'],
  ["a simple parameter", "script_qualifier", "f(simple int a) => a\nx = f(§bar_index)"],
  [
    "when in version 6",
    "script_argument_unknown",
    '//@version=6\nstrategy.entry("a", strategy.long, §when=close > open)',
  ],
  ["a direction that is a text", "script_type", 'strategy.entry("a", §"long")'],
  ["a quantity that is a text", "script_type", 'strategy.entry("a", strategy.long, §"1")'],
  // Functions.
  ["recursion", "script_recursion", "f(x) => x > 0 ? §f(x - 1) : 0\ny = f(3)"],
  ["break outside of a loop", "script_jump", "§break"],
  [
    "continue in a function inside a loop",
    "script_jump",
    "f() =>\n    §continue\n    1\nfor i = 0 to 2\n    f()",
  ],
  // History.
  ["a negative offset", "script_history_future", "x = close[§-1]"],
  ["an offset beyond the limit", "script_history_far", "x = close[§5001]"],
  ["an offset that is a text", "script_type", 'x = close[§"a"]'],
  // Inputs and settings.
  ["a date that is none", "script_date", 'x = timestamp(§"31 Feb 2020")'],
  ["a default that is not written out", "script_input_default", "x = §input(bar_index)"],
  ["a second declaration", "script_declaration_twice", '§strategy("b")'],
  // Requests.
  [
    "an order in a request",
    "script_security_place",
    'f() =>\n    §strategy.close("a")\n    close\nx = request.security(syminfo.tickerid, "D", f())',
  ],
  [
    "a changing variable in a request",
    "script_security_mutable",
    'x = 1.0\nx := close\ny = request.security(syminfo.tickerid, "D", §x)',
  ],
  [
    "a series timeframe",
    "script_qualifier",
    'y = request.security(syminfo.tickerid, §close > open ? "D" : "W", close)',
  ],
];

/** Errors only where the orders need the value; `x` is what they need. */
export const NEEDED: readonly (readonly [name: string, code: string, source: string])[] = [
  [
    "lookahead",
    "script_security_lookahead",
    'x = request.security(syminfo.tickerid, "D", close, §lookahead=barmerge.lookahead_on)',
  ],
  ["another symbol", "script_unsupported", 'x = §request.security("NASDAQ:AAPL", "D", close)'],
  [
    "lower timeframes",
    "script_unsupported",
    'x = array.size(§request.security_lower_tf(syminfo.tickerid, "1", close))',
  ],
  [
    "the position in a request",
    "script_security_place",
    'x = request.security(syminfo.tickerid, "D", §strategy.position_size)',
  ],
  [
    "a drawing read back",
    "script_unsupported",
    "l = line.new(bar_index, low, bar_index, high)\nx = §line.get_price(l, bar_index)",
  ],
  ["a colour's part", "script_drawing_needed", "x = §color.r(color.red)"],
  ["financials", "script_unsupported", 'x = §request.financial(syminfo.tickerid, "EPS", "TTM")'],
  ["a random number", "script_unsupported", "x = §math.random(0, 1)"],
  ["a map", "script_unsupported", 'm = §map.new<string, float>()\nx = m.get("a")'],
  ["a user type", "script_unsupported", "type P\n    float a\np = §P.new(1)\nx = p.a"],
  ["an enum", "script_unsupported", 'enum E\n    a = "A"\nx = §E.a == E.a ? 1 : 2'],
  ["a library", "script_unsupported", "import me/lib/1 as lib\nx = §lib.f(close)"],
];
