/** An argument that is known before the run; a list is one of `options=[…]`. */
export type ConstantArgument = number | boolean | string | readonly (number | boolean | string)[];
/** Checked arguments by the latest name of their parameter. */
export type ConstantArguments = Readonly<Record<string, ConstantArgument | undefined>>;
