export type {
  Action,
  AssetBalance,
  CheckedDocument,
  CompareOp,
  Condition,
  Direction,
  Execution,
  Expression,
  FuncExpression,
  Instrument,
  NamedStrategy,
  NumberOrParam,
  PaperRun,
  PaperRunBody,
  ParamDeclaration,
  ParamRef,
  QuantityOrParam,
  Rule,
  RuleBasedStrategy,
  RulesDocument,
  StrategyDocument,
} from "./document.ts";
export type { At } from "./json/tree.ts";
export { LIMITS } from "./limits.ts";
export { indicatorShape, lower } from "./lower.ts";
export { type ParsedRules, parseRules } from "./parse-rules.ts";
