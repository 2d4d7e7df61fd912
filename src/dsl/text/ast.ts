/**
 * The syntax tree of a script: what stands in the text, before any name is looked up. Nodes are plain frozen data with
 * spans into the source; operators are written as in the language.
 */
export interface Span {
  /** Offsets in UTF-16 units; `end` is one past the last. */
  readonly start: number;
  readonly end: number;
}

interface At<K extends string> {
  readonly kind: K;
  readonly span: Span;
}

export interface Name extends Span {
  readonly text: string;
}

export interface Script {
  readonly source: string;
  /** Of `//@version=N`; 1 where there is none. */
  readonly version: number;
  /** Annotations of swymc, `//@swymc exact`: the words after it. */
  readonly pragmas: readonly string[];
  readonly body: readonly Statement[];
  readonly comments: readonly Comment[];
}

/** From `//` to the end of the line; `fmt` puts them back. */
export interface Comment extends Span {
  readonly text: string;
}

// Statements. `if`, `switch`, `for` and `while` are expressions that may stand as statements.

export type Statement =
  | Declaration
  | TupleDeclaration
  | Assignment
  | FieldAssignment
  | FunctionDeclaration
  | ExpressionStatement
  | Jump
  | TypeDeclaration
  | EnumDeclaration
  | Unsupported;

/** `x = e`, `var float x = e`. */
export interface Declaration extends At<"declaration"> {
  readonly mode: "bar" | "var" | "varip";
  readonly type: TypeName | null;
  readonly name: Name;
  readonly value: Expression;
}

/** `[a, b] = e`; `_` may repeat. */
export interface TupleDeclaration extends At<"tuple_declaration"> {
  readonly names: readonly Name[];
  readonly value: Expression;
}

/** `x := e`, `x += e`; the name of a field has dots: `x.y := e`. */
export interface Assignment extends At<"assignment"> {
  readonly op: ":=" | "+=" | "-=" | "*=" | "/=" | "%=";
  readonly name: Name;
  readonly value: Expression;
}

/** `f(x).y := e`: a field of what an expression gives. */
export interface FieldAssignment extends At<"field_assignment"> {
  readonly op: Assignment["op"];
  readonly source: Expression;
  /** `y`, `y.z`. */
  readonly name: Name;
  readonly value: Expression;
}

export interface FunctionDeclaration extends At<"function_declaration"> {
  readonly exported: boolean;
  readonly method: boolean;
  readonly name: Name;
  readonly params: readonly ParamDeclaration[];
  readonly body: Block;
}

export interface ParamDeclaration extends Span {
  readonly type: TypeName | null;
  readonly name: Name;
  readonly standard: Expression | null;
}

/** `series float`, `int[]`, `array<float>`, `simple string`. */
export interface TypeName extends Span {
  readonly qualifier: "const" | "input" | "simple" | "series" | null;
  /** `float`, `array`, `matrix`, `map`, a name of the user. */
  readonly name: string;
  readonly args: readonly TypeName[];
}

export interface ExpressionStatement extends At<"expression_statement"> {
  readonly expression: Expression;
}

export interface Jump extends At<"jump"> {
  readonly to: "break" | "continue";
}

/** `type Pivot` and its fields below. */
export interface TypeDeclaration extends At<"type_declaration"> {
  readonly name: Name;
  readonly fields: readonly FieldDeclaration[];
}

export interface FieldDeclaration extends Span {
  readonly type: TypeName;
  readonly name: Name;
  readonly standard: Expression | null;
}

/** `enum Side` and its members below, each with the title that inputs and texts show. */
export interface EnumDeclaration extends At<"enum_declaration"> {
  readonly name: Name;
  readonly members: readonly { readonly name: Name; readonly title: string | null }[];
}

/** `import`: parsed as far as needed to go on behind it; an error where orders need it. */
export interface Unsupported extends At<"unsupported"> {
  readonly construct: "import";
  readonly name: string;
}

/** Its value is that of its last statement. */
export interface Block extends Span {
  readonly statements: readonly Statement[];
}

// Expressions.

export type Expression =
  | NumberLiteral
  | TextLiteral
  | BoolLiteral
  | ColorLiteral
  | Identifier
  | Call
  | History
  | Field
  | Unary
  | Binary
  | Ternary
  | Tuple
  | If
  | Switch
  | For
  | ForIn
  | While;

export interface NumberLiteral extends At<"number"> {
  readonly value: number;
  /** Written without point and exponent. */
  readonly integer: boolean;
}
export interface TextLiteral extends At<"text"> {
  readonly value: string;
}
export interface BoolLiteral extends At<"bool"> {
  readonly value: boolean;
}
/** `#RRGGBB` or `#RRGGBBAA`, as written. */
export interface ColorLiteral extends At<"color"> {
  readonly value: string;
}
/** A name, dots included: `close`, `ta.sma`, `strategy.long`, `na`. */
export interface Identifier extends At<"identifier"> {
  readonly name: string;
}
export interface Argument extends Span {
  readonly name: Name | null;
  readonly value: Expression;
}
/**
 * `f(a, b=1)`, `array.new<float>(0)`. A method call `a.push(x)` on a variable has the callee `a.push`: whether `a` is a
 * namespace or a variable is found out by the checker. `receiver` is set where the callee follows a call or an index:
 * `f(x).g(y)`.
 */
export interface Call extends At<"call"> {
  readonly callee: Name;
  readonly receiver: Expression | null;
  readonly typeArgs: readonly TypeName[];
  readonly args: readonly Argument[];
}
/** `x[n]`. */
export interface History extends At<"history"> {
  readonly source: Expression;
  readonly offset: Expression;
}
/** `f(x).y`, `x[1].y`; a field of a variable is an identifier with a dot. */
export interface Field extends At<"field"> {
  readonly source: Expression;
  /** `y`, `y.z`. */
  readonly name: Name;
}
export interface Unary extends At<"unary"> {
  readonly op: "-" | "+" | "not";
  readonly operand: Expression;
}
export type BinaryOperator =
  | "+"
  | "-"
  | "*"
  | "/"
  | "%"
  | "<"
  | "<="
  | ">"
  | ">="
  | "=="
  | "!="
  | "and"
  | "or";
export interface Binary extends At<"binary"> {
  readonly op: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
}
export interface Ternary extends At<"ternary"> {
  readonly test: Expression;
  readonly then: Expression;
  readonly otherwise: Expression;
}
/** `[a, b]`, the value of a function or a block. */
export interface Tuple extends At<"tuple"> {
  readonly items: readonly Expression[];
}
export interface If extends At<"if"> {
  readonly test: Expression;
  readonly then: Block;
  /** `else if` is a block with one `if`. */
  readonly otherwise: Block | null;
}
export interface Switch extends At<"switch"> {
  /** null: the first case whose test is true. */
  readonly subject: Expression | null;
  readonly cases: readonly { readonly test: Expression | null; readonly body: Block }[];
}
export interface For extends At<"for"> {
  readonly counter: Name;
  readonly from: Expression;
  readonly to: Expression;
  readonly by: Expression | null;
  readonly body: Block;
}
/** `for x in a`, `for [i, x] in a`. */
export interface ForIn extends At<"for_in"> {
  readonly index: Name | null;
  readonly item: Name;
  readonly array: Expression;
  readonly body: Block;
}
export interface While extends At<"while"> {
  readonly test: Expression;
  readonly body: Block;
}
