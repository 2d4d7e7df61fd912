export type { ConstantArgument, ConstantArguments } from "./arguments.ts";
export { builtins } from "./builtins.ts";
export { type InputCall, inputSpec } from "./input-spec.ts";
export { type SettingProblem, settingProblems, strategySettings } from "./settings.ts";
export type {
  Builtins,
  MakeScope,
  Meaning,
  Signature,
  SignatureParam,
  SignatureType,
  SourceOf,
  Variable,
  VariableValue,
} from "./signature.ts";
export { type LanguageRules, languageRules } from "./versions/rules.ts";
