import type { IndicatorParam } from "../indicators/definition.ts";
import type { Graph, ParamSpec, ScalarNode } from "../ir/index.ts";
import type { NumberOrParam, ParamDeclaration } from "./document.ts";

/** What a place in a document needs of the number that stands there. */
export interface Role {
  readonly integer: boolean;
  readonly min: number;
  readonly exclusiveMin: boolean;
  readonly max: number;
}

/** Largest period and offset of the language. */
export const MAX_PERIOD = 100_000;

export const ROLES = {
  any: { integer: false, min: Number.NEGATIVE_INFINITY, exclusiveMin: false, max: Infinity },
  positive: { integer: false, min: 0, exclusiveMin: true, max: Infinity },
  notNegative: { integer: false, min: 0, exclusiveMin: false, max: Infinity },
  /** At most what a float64 holds exactly with 12 decimals left to spare. */
  quantity: { integer: false, min: 0, exclusiveMin: true, max: 1e12 },
  offset: { integer: true, min: 0, exclusiveMin: false, max: MAX_PERIOD },
  period: { integer: true, min: 1, exclusiveMin: false, max: MAX_PERIOD },
  /** So many that they have a standard deviation. */
  returns: { integer: true, min: 2, exclusiveMin: false, max: MAX_PERIOD },
  share: { integer: false, min: 0, exclusiveMin: true, max: 1 },
} as const satisfies Record<string, Role>;

/** The role of a number that an indicator takes. */
export function roleOf(param: IndicatorParam): Role {
  return {
    integer: param.type === "int",
    min: param.min,
    exclusiveMin: false,
    max: param.max,
  };
}

/** Where lowering writes: the graph of the program and what is known of its parameters. */
export interface Lowering {
  readonly graph: Graph;
  readonly scalar: (value: NumberOrParam, role: Role) => ScalarNode;
}

/** Collects where each declared parameter is used, and joins that with its declared range. */
export class ParamUses {
  readonly #declared: Readonly<Record<string, ParamDeclaration>>;
  readonly #roles = new Map<string, Role>();

  constructor(declared: Readonly<Record<string, ParamDeclaration>>) {
    this.#declared = declared;
  }

  /** Notes a use; returns the name. */
  use(name: string, role: Role): string {
    const known = this.#roles.get(name);
    this.#roles.set(name, known ? joinRoles(known, role) : role);
    return name;
  }

  /** In order of declaration. */
  specs(): ParamSpec[] {
    return Object.entries(this.#declared).map(([name, declared]) => {
      const declaredRole: Role = {
        integer: false,
        min: declared.min ?? Number.NEGATIVE_INFINITY,
        exclusiveMin: false,
        max: declared.max ?? Infinity,
      };
      const role = joinRoles(this.#roles.get(name) ?? ROLES.any, declaredRole);
      return {
        name,
        default: declared.default,
        integer: role.integer,
        min: Number.isFinite(role.min) ? role.min : null,
        max: Number.isFinite(role.max) ? role.max : null,
        exclusiveMin: role.exclusiveMin,
        step: declared.step ?? null,
        title: declared.title ?? null,
      };
    });
  }
}

function joinRoles(a: Role, b: Role): Role {
  return {
    integer: a.integer || b.integer,
    min: Math.max(a.min, b.min),
    exclusiveMin:
      a.min === b.min ? a.exclusiveMin || b.exclusiveMin : (a.min > b.min ? a : b).exclusiveMin,
    max: Math.min(a.max, b.max),
  };
}
