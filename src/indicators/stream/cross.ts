import type { Dialect } from "../../vector/kernel.ts";
import { isNa, type StreamForm, type StreamMemory } from "../../vector/rolling/index.ts";

/** Crossing above bar by bar; dialects as in `crossAbove`. */
export function crossoverStream(dialect: Dialect): StreamForm {
  return (memory) => {
    const above = FORMS[dialect](memory);
    return (inputs) => {
      memory.registers[0] = above(inputs[0], inputs[1]);
    };
  };
}

/** Crossing below bar by bar. */
export function crossunderStream(dialect: Dialect): StreamForm {
  return (memory) => {
    const above = FORMS[dialect](memory);
    return (inputs) => {
      memory.registers[0] = above(inputs[1], inputs[0]);
    };
  };
}

/** Crossing in either direction bar by bar. */
export function crossStream(dialect: Dialect): StreamForm {
  return (memory) => {
    const above = FORMS[dialect](memory);
    const below = FORMS[dialect](memory);
    return (inputs) => {
      memory.registers[0] = above(inputs[0], inputs[1]) + below(inputs[1], inputs[0]);
    };
  };
}

/** Takes a bar of both series: 1 where `a` crosses above `b`. */
type Above = (a: number, b: number) => number;

const FORMS: Record<Dialect, (memory: StreamMemory) => Above> = {
  tv: sinceLastPair,
  talib: sinceLastPair,
  backtrader: sinceLastDifference,
  pandas: sinceBarBefore,
  vectorbt: sinceBelow,
};

function sinceLastPair(memory: StreamMemory): Above {
  const known = memory.register(1);
  const notAbove = memory.register(1);
  return (a, b) => {
    const { registers } = memory;
    if (isNa(a) || isNa(b)) return Number.NaN;
    const above = a > b;
    const fires = registers[known] === 0 ? Number.NaN : Number(above && registers[notAbove] === 1);
    registers[known] = 1;
    registers[notAbove] = Number(!above);
    return fires;
  };
}

function sinceBarBefore(memory: StreamMemory): Above {
  const notAbove = memory.register(1);
  return (a, b) => {
    const { registers } = memory;
    const missing = isNa(a) || isNa(b);
    const fires = Number(!missing && a > b && registers[notAbove] === 1);
    registers[notAbove] = Number(!missing && a <= b);
    return fires;
  };
}

function sinceLastDifference(memory: StreamMemory): Above {
  const wasBelow = memory.register(1);
  return (a, b) => {
    const { registers } = memory;
    const missing = isNa(a) || isNa(b);
    const fires = Number(!missing && a > b && registers[wasBelow] === 1);
    if (missing || a !== b) registers[wasBelow] = Number(!missing && a < b);
    return fires;
  };
}

function sinceBelow(memory: StreamMemory): Above {
  const wasBelow = memory.register(1);
  const above = memory.register(1);
  return (a, b) => {
    const { registers } = memory;
    const missing = isNa(a) || isNa(b);
    const isAbove = !missing && a > b;
    const fires = Number(isAbove && registers[wasBelow] === 1 && registers[above] === 0);
    registers[wasBelow] = Number(!missing && (registers[wasBelow] === 1 || a < b));
    registers[above] = Number(isAbove);
    return fires;
  };
}
