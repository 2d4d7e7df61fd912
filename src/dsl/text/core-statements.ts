import type { Span } from "./ast.ts";
import type { CoreExpr } from "./core-expressions.ts";

export type CoreStatement =
  /** Sets a slot on this bar; with `once`, only the first time that it is met (`var`). */
  | {
      readonly kind: "set";
      readonly slot: number;
      readonly value: CoreExpr;
      readonly once: boolean;
      readonly span: Span;
    }
  | {
      readonly kind: "if";
      readonly test: CoreExpr;
      readonly then: readonly CoreStatement[];
      readonly otherwise: readonly CoreStatement[];
      readonly span: Span;
    }
  /** Counts from `from` to `to` inclusive, downwards where `to` < `from`. */
  | {
      readonly kind: "for";
      readonly slot: number;
      readonly from: CoreExpr;
      readonly to: CoreExpr;
      readonly by: CoreExpr | null;
      readonly body: readonly CoreStatement[];
      readonly span: Span;
    }
  | {
      readonly kind: "for_in";
      readonly index: number | null;
      readonly slot: number;
      readonly array: CoreExpr;
      readonly body: readonly CoreStatement[];
      readonly span: Span;
    }
  | {
      readonly kind: "while";
      readonly test: CoreExpr;
      readonly body: readonly CoreStatement[];
      readonly span: Span;
    }
  | { readonly kind: "jump"; readonly to: "break" | "continue"; readonly span: Span }
  /** For its effect on an array. */
  | { readonly kind: "effect"; readonly value: CoreExpr; readonly span: Span }
  | { readonly kind: "order"; readonly order: OrderCall; readonly span: Span };

/** A call of `strategy.*`; absent arguments are left out, `when=` became an `if` around it. */
export type OrderCall =
  | {
      readonly call: "entry" | "order";
      readonly id: CoreExpr;
      readonly direction: CoreExpr;
      readonly qty?: CoreExpr;
      readonly limit?: CoreExpr;
      readonly stop?: CoreExpr;
      readonly oca_name?: CoreExpr;
      readonly oca_type?: CoreExpr;
      readonly comment?: CoreExpr;
    }
  | {
      readonly call: "exit";
      readonly id: CoreExpr;
      readonly from_entry?: CoreExpr;
      readonly qty?: CoreExpr;
      readonly qty_percent?: CoreExpr;
      readonly profit?: CoreExpr;
      readonly limit?: CoreExpr;
      readonly loss?: CoreExpr;
      readonly stop?: CoreExpr;
      readonly trail_price?: CoreExpr;
      readonly trail_points?: CoreExpr;
      readonly trail_offset?: CoreExpr;
      readonly oca_name?: CoreExpr;
      readonly comment?: CoreExpr;
    }
  | {
      readonly call: "close";
      readonly id: CoreExpr;
      readonly qty?: CoreExpr;
      readonly qty_percent?: CoreExpr;
      readonly immediately?: CoreExpr;
      readonly comment?: CoreExpr;
    }
  | { readonly call: "close_all"; readonly immediately?: CoreExpr; readonly comment?: CoreExpr }
  | { readonly call: "cancel"; readonly id: CoreExpr }
  | { readonly call: "cancel_all" }
  /** `strategy.risk.*`; the arguments in the language's order. */
  | {
      readonly call: "risk";
      readonly rule:
        | "allow_entry_in"
        | "max_position_size"
        | "max_drawdown"
        | "max_intraday_loss"
        | "max_intraday_filled_orders"
        | "max_cons_loss_days";
      readonly args: readonly CoreExpr[];
    };
