/** Setting one value in a record by its contract path, the way the desk does: `cases[0].counts[1].amounts`. */
type Step = string | number;

export function steps(path: string): Step[] {
  return [...path.matchAll(/([a-z_0-9]+)|\[(\d+)\]/g)].map((m) => (m[2] === undefined ? (m[1] ?? '') : Number(m[2])));
}

export function get(from: unknown, path: string): unknown {
  return steps(path).reduce<unknown>((at, step) => (at as Record<Step, unknown> | null | undefined)?.[step], from);
}

/** Null forgets a fact; in a list it takes the item out. One past the end of a list adds to it. */
export function set(root: object, path: string, value: unknown): void {
  const all = steps(path);
  const last = all.pop();
  if (last === undefined) throw new RangeError('empty path');
  let at = root as Record<Step, unknown>;
  for (const [index, step] of all.entries()) {
    const next = all[index + 1] ?? last;
    at[step] ??= typeof next === 'number' ? [] : {};
    at = at[step] as Record<Step, unknown>;
  }
  if (Array.isArray(at) && typeof last === 'number' && value === null) at.splice(last, 1);
  else if (value === null) Reflect.deleteProperty(at, last);
  else at[last] = value;
}
