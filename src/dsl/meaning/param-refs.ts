import { isObject, type JsonObject, walkObjects } from "./walk.ts";

export interface ParamRef {
  readonly name: string;
  /** Of the object `{"param": NAME}`. */
  readonly pointer: string;
}

/** Every reference to a parameter in a strategy, in document order. */
export function paramRefs(strategy: JsonObject, at: string): ParamRef[] {
  const refs: ParamRef[] = [];
  const { params: _, ...body } = strategy;
  walkObjects(body, at, (object, pointer) => {
    const name = Object.hasOwn(object, "param") ? object["param"] : undefined;
    if (typeof name === "string") refs.push({ name, pointer });
  });
  return refs;
}

/** The declared parameters by name; empty where `params` is not an object. */
export function declaredParams(strategy: JsonObject): ReadonlyMap<string, unknown> {
  const params = Object.hasOwn(strategy, "params") ? strategy["params"] : undefined;
  return new Map(isObject(params) ? Object.entries(params) : []);
}
